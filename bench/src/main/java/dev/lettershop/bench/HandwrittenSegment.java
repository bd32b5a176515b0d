package dev.lettershop.bench;

import java.util.List;

/**
 * What somebody who knows PostgreSQL would write for a segment of the quickstart: several ways, of
 * which the fastest in the run counts.
 *
 * @param name of the segment in the quickstart
 * @param queries of members' ids; {@code :now} stands for the moment of evaluation
 */
record HandwrittenSegment(String name, List<String> queries) {

  static final List<HandwrittenSegment> ALL =
      List.of(
          new HandwrittenSegment(
              "new-york", List.of("select id from profile where city = 'New York'")),
          new HandwrittenSegment(
              "high-value",
              List.of(
                  """
                  select id from profile
                  where lifetime_value > 5000 and lifetime_value <> 'NaN'
                    and last_active_at > :now - interval '720 hours'
                    and engagement_score > 70\
                  """)),
          new HandwrittenSegment(
              "hot-carts",
              List.of(
                  """
                  select p.id from profile p
                  where exists (
                      select from event v where v.profile_id = p.id and v.name = 'product_viewed'
                        and v.occurred_at > :now - interval '24 hours')
                    and exists (
                      select from event c where c.profile_id = p.id and c.name = 'cart_updated'
                        and c.occurred_at > :now - interval '24 hours'
                        and (c.properties ->> 'value')::float8 > 100)\
                  """,
                  """
                  select p.id from profile p
                  where p.id in (
                      select profile_id from event where name = 'cart_updated'
                        and occurred_at > :now - interval '24 hours'
                        and (properties ->> 'value')::float8 > 100
                      intersect
                      select profile_id from event where name = 'product_viewed'
                        and occurred_at > :now - interval '24 hours')\
                  """,
                  """
                  with cart as materialized (
                    select distinct profile_id from event where name = 'cart_updated'
                      and occurred_at > :now - interval '24 hours'
                      and (properties ->> 'value')::float8 > 100)
                  select p.id from cart c join profile p on p.id = c.profile_id
                  where exists (
                    select from event v where v.profile_id = c.profile_id
                      and v.name = 'product_viewed' and v.occurred_at > :now - interval '24 hours')\
                  """)));
}

package dev.lettershop.store.hit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MailEventsTest {
  private static Store store;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(ProfileSchema.of(List.of(), List.of()));
    tables = new StoreTables(settings);
    tables.clear();
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
    store.close();
  }

  private static List<String> events() {
    return tables.texts(
        """
        select profile_id || ' ' || name || ' ' || properties::text from event
        order by profile_id, name, properties::text
        """);
  }

  @Test
  void whatHappensWithMailsAreEventsOfThosePeopleOnceEach() {
    tables.execute(
        "insert into profile (id, email) select i, i || '@example.com' from generate_series(1, 3) i");
    tables.execute(
        """
        insert into run (namespace, campaign, name, plan_hash, plan, dry_run, test, on_uncertain,
                         max_attempts, state, frozen_at)
        values ('shop', 'sale', 'r', 'h', '{}', false, false, 'Skip', 1, 'Frozen', now()),
               ('shop', 'sale', 'dry', 'h', '{}', true, false, 'Skip', 1, 'Frozen', now())
        """);
    tables.execute(
        """
        insert into delivery (run_id, profile_id, state, variant)
        select r.id, p.id, case when p.id = 3 then 'failed' else 'sent' end::delivery_state,
          case when p.id = 1 then 'b' end
        from run r cross join profile p
        """);
    tables.execute(
        """
        insert into bounce (profile_id, run_id, kind, transport)
        select 3, id, 'Hard', 'default' from run where name = 'r'
        union all select 2, id, 'Complaint', 'default' from run where name = 'r'
        """);
    tables.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source)
        values (1, 'news', now(), 'Withdrawn', 'preferences'),
               (2, 'news', now(), 'Withdrawn', 'complaint'),
               (3, 'news', now(), 'Granted', 'crm')
        """);

    store.mailEvents().update();

    List<String> expected =
        List.of(
            "1 email_sent {\"run\": \"r\", \"variant\": \"b\", \"campaign\": \"sale\"}",
            "1 unsubscribed {\"topic\": \"news\"}",
            "2 complained {\"run\": \"r\", \"campaign\": \"sale\"}",
            "2 email_sent {\"run\": \"r\", \"campaign\": \"sale\"}",
            "3 email_bounced {\"run\": \"r\", \"kind\": \"Hard\", \"campaign\": \"sale\"}");
    assertThat(events()).isEqualTo(expected);

    store.mailEvents().update();
    assertThat(events()).isEqualTo(expected);

    // A mail that goes out later, under a lease.
    tables.execute(
        """
        insert into lease (run_id, shard, owner, locked, expires_at)
        select id, 0, 'test', false, now() + interval '1 minute' from run where name = 'r'
        """);
    tables.execute(
        """
        update delivery set state = 'sent', updated_at = now()
        where profile_id = 3 and run_id = (select id from run where name = 'r')
        """);
    store.mailEvents().update();
    assertThat(events())
        .hasSize(6)
        .contains("3 email_sent {\"run\": \"r\", \"campaign\": \"sale\"}");
  }
}

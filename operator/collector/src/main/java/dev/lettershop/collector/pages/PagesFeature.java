package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Handler;
import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.collector.spool.SpoolFullException;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.preference.Preferences;
import dev.lettershop.store.preference.SignUps;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Unsubscribing, preferences, confirmations and sign-ups. */
public final class PagesFeature implements Feature {
  private static final Logger LOG = Logger.getLogger(PagesFeature.class);

  /** Forms of pages have a few hundred bytes, and mail programs send fewer. */
  private static final int LONGEST_BODY = 16 * 1024;

  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int SIGN_UPS_OF_NETWORK = 20;
  private static final int SIGN_UPS_OF_ALL = 2_000;
  private static final Duration VALID_FOR = Duration.ofHours(72);

  private final Site site;
  private final UnsubscribeHandler unsubscribe;
  private final PreferencesHandler preferences;
  private final ConfirmHandler confirm;
  private final SignUpHandler signUp;

  /**
   * @param links of all transports whose mails lead here
   * @param spool keeps who unsubscribes while the database is away
   */
  public PagesFeature(
      CollectorPlan plan, LinkVerifier links, Store store, Spool spool, Clock clock) {
    Preferences stored = store.preferences();
    SignUps signUps = store.signUps();
    this.site = new Site(plan.pages(), plan.topics());
    PreferencesView view = new PreferencesView(site);
    Unsubscriptions unsubscriptions = new Unsubscriptions(site, stored, spool, clock);
    this.unsubscribe = new UnsubscribeHandler(site, links, stored, view, unsubscriptions);
    this.preferences = new PreferencesHandler(site, links, stored, view, unsubscriptions, clock);
    this.confirm =
        new ConfirmHandler(
            site,
            links,
            stored,
            store.confirmations(),
            plan.confirmation() == null
                ? VALID_FOR
                : DurationText.parse(plan.confirmation().validFor()),
            clock);
    this.signUp =
        new SignUpHandler(
            site,
            plan.forms(),
            entered -> signUps.receive(plan.namespace(), plan.name(), entered),
            new SignUpLimit(SIGN_UPS_OF_NETWORK, SIGN_UPS_OF_ALL, WINDOW, clock),
            clock);
  }

  /** A page for somebody with a link that is not one of ours. */
  public Response unknownLink(Request request) {
    return site.missing(request);
  }

  /** A page for somebody with a link that does not work at this moment. */
  public Response later(Request request) {
    Language language = site.language(request, null);
    return site.message(503, request, language, "error.heading", "error.text")
        .with("retry-after", "60");
  }

  @Override
  public void register(Routes routes) {
    on(routes, "/u/:token", unsubscribe::get, unsubscribe::post);
    on(routes, "/p/:token", preferences::get, preferences::post);
    on(routes, "/confirm/:token", confirm::get, confirm::post);
    on(routes, "/s/:form", signUp::get, signUp::post);
    routes.blocking(
        HttpMethod.GET,
        "/assets/" + site.style().name(),
        0,
        request ->
            Response.of(200, "text/css; charset=utf-8", site.style().css())
                .with("cache-control", "public, max-age=31536000, immutable"));
  }

  private void on(Routes routes, String path, Handler get, Handler post) {
    routes.blocking(HttpMethod.GET, path, LONGEST_BODY, request -> answer(request, get));
    routes.blocking(HttpMethod.POST, path, LONGEST_BODY, request -> answer(request, post));
  }

  /** A page that says so when the store fails, in place of one that promises what was not done. */
  private Response answer(Request request, Handler handler) {
    try {
      return handler.handle(request);
    } catch (StoreException | SpoolFullException failure) {
      LOG.errorf("A page could not be answered: %s", failure.getMessage());
      return later(request);
    }
  }
}

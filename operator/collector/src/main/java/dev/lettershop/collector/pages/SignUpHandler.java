package dev.lettershop.collector.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.collector.page.SignUpForm;
import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.pages.SignUpForms.Entered;
import dev.lettershop.store.preference.SignUp;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers {@code /s/}: sign-up forms, on a page of the collector or on one of the shop. Whatever
 * becomes of a sign-up, the answer is the same: it tells nobody who is known here.
 */
final class SignUpHandler {
  /** A field that people do not see, and programs that fill in forms do. */
  private static final String TRAP = "website";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Site site;
  private final Map<String, SignUpForm> forms;
  private final SignUpForms entries;
  private final Consumer<SignUp> inbox;
  private final SignUpLimit limit;
  private final Clock clock;

  /**
   * @param inbox keeps a sign-up; it is durable when it returns
   */
  SignUpHandler(
      Site site, List<SignUpForm> forms, Consumer<SignUp> inbox, SignUpLimit limit, Clock clock) {
    this.site = site;
    this.forms = forms.stream().collect(Collectors.toMap(SignUpForm::name, Function.identity()));
    this.entries = new SignUpForms(site);
    this.inbox = inbox;
    this.limit = limit;
    this.clock = clock;
  }

  /** Shows the form; changes nothing. */
  Response get(Request request) {
    SignUpForm form = forms.get(request.parameters().get("form"));
    if (form == null) {
      return site.missing(request);
    }
    Language language = site.language(request, null);
    return page(200, request, form, entries.empty(form), Map.of(), language);
  }

  /** Takes a sign-up. */
  Response post(Request request) {
    SignUpForm form = forms.get(request.parameters().get("form"));
    if (form == null) {
      return site.missing(request);
    }
    Language language = site.language(request, null);
    boolean json = wantsJson(request);
    Response response =
        isFromElsewhere(form, request)
            ? site.secured(
                Response.text(403, "This form may not be sent from a page of that origin\n"))
            : take(request, form, language, json);
    return allowingOrigin(form, request, response);
  }

  private Response take(Request request, SignUpForm form, Language language, boolean json) {
    FormFields fields = FormFields.of(request);
    Entered entered = entries.read(form, fields);
    Map<String, String> faults = entries.faults(form, entered, language);
    if (!faults.isEmpty()) {
      return json
          ? json(422, Map.of("status", "invalid", "errors", faults))
          : page(422, request, form, entered, faults, language);
    }
    boolean trapped = !fields.first(TRAP).isEmpty();
    if (!trapped) {
      if (!limit.allows(request.client())) {
        return busy(request, language, json);
      }
      inbox.accept(entries.signUp(form, entered, request, language, clock.instant()));
    }
    return taken(request, form, entered, language, json);
  }

  private Response busy(Request request, Language language, boolean json) {
    Response response =
        json
            ? json(429, Map.of("status", "busy"))
            : site.message(429, request, language, "signup.busy", "signup.busyNote");
    return response.with("retry-after", Long.toString(limit.secondsLeft()));
  }

  private Response taken(
      Request request, SignUpForm form, Entered entered, Language language, boolean json) {
    if (json) {
      return json(202, Map.of("status", "accepted"));
    }
    if (form.returnUrl() != null) {
      return site.secured(Response.of(303).with("location", form.returnUrl()));
    }
    String note = language.of("signup.note", "address", MaskedAddress.of(entered.address()));
    return site.page(
        200,
        "message",
        request,
        language,
        language.of("signup.done"),
        new MessagePage(List.of(note)));
  }

  private Response page(
      int status,
      Request request,
      SignUpForm form,
      Entered entered,
      Map<String, String> faults,
      Language language) {
    SignUpPage page =
        entries.page(
            form, entered, faults, form.name() + site.keepingLanguage(request, language), language);
    String title = language.of("signup.heading", "sender", site.sender());
    Response response = site.page(status, "signup", request, language, title, page);
    // Browsers hold the answer's redirect to the page's policy as well.
    return form.returnUrl() == null
        ? response
        : response.with(
            "content-security-policy",
            response
                .headers()
                .get("content-security-policy")
                .replace(
                    "form-action 'self'", "form-action 'self' " + Site.origin(form.returnUrl())));
  }

  /**
   * Pages without referrer, such as the collector's own, send the origin "null"; programs send
   * none. Neither tells of another page.
   */
  private static boolean isFromElsewhere(SignUpForm form, Request request) {
    String origin = request.header("origin");
    if (form.origins().isEmpty() || origin == null || origin.equals("null")) {
      return false;
    }
    return !form.origins().contains(origin) && !isOwn(origin, request.header("host"));
  }

  private static boolean isOwn(String origin, String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException notAnOrigin) {
      return false;
    }
  }

  private static Response allowingOrigin(SignUpForm form, Request request, Response response) {
    String origin = request.header("origin");
    boolean allowed =
        origin != null && (form.origins().isEmpty() || form.origins().contains(origin));
    return allowed
        ? response.with("access-control-allow-origin", origin).with("vary", "Origin")
        : response;
  }

  private static boolean wantsJson(Request request) {
    String accept = request.header("accept");
    return accept != null && accept.contains("application/json");
  }

  private Response json(int status, Map<String, Object> body) {
    try {
      return site.secured(
          Response.of(status, "application/json; charset=utf-8", JSON.writeValueAsString(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain data must serialise", e);
    }
  }
}

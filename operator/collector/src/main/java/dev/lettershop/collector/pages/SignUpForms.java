package dev.lettershop.collector.pages;

import dev.lettershop.api.v1alpha1.collector.page.SignUpForm;
import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.pages.SignUpPage.Fault;
import dev.lettershop.collector.pages.SignUpPage.Field;
import dev.lettershop.collector.pages.TopicTitles.ByLanguage;
import dev.lettershop.encoding.Sha256;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.preference.SignUp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what was entered in a sign-up form, and shows the form with what is wrong with it. */
final class SignUpForms {
  private static final int LONGEST_VALUE = 200;
  private static final int LONGEST_ADDRESS = 254;
  private static final Map<String, String> AUTOCOMPLETE =
      Map.of("first_name", "given-name", "last_name", "family-name");

  private final Site site;

  SignUpForms(Site site) {
    this.site = site;
  }

  /**
   * What somebody entered.
   *
   * @param topics chosen ones that the form has
   * @param values by attribute
   */
  record Entered(String address, List<String> topics, Map<String, String> values) {
    /** Without what was entered: that is personal. */
    @Override
    public String toString() {
      return "Entered[]";
    }
  }

  /** A form in which nothing was entered yet: all topics are chosen when there is one only. */
  Entered empty(SignUpForm form) {
    return new Entered("", form.topics().size() == 1 ? form.topics() : List.of(), Map.of());
  }

  /** A form of one topic, and a form that asks for none, mean all of them. */
  Entered read(SignUpForm form, FormFields fields) {
    List<String> topics =
        fields.has("topic") || fields.has("choose")
            ? form.topics().stream().filter(fields.all("topic")::contains).toList()
            : form.topics();
    Map<String, String> values = new LinkedHashMap<>();
    form.attributes()
        .forEach(
            name -> {
              String value = Evidence.line(fields.first(name), LONGEST_VALUE + 1);
              if (!value.isEmpty()) {
                values.put(name, value);
              }
            });
    return new Entered(Evidence.line(fields.first("email"), LONGEST_ADDRESS + 1), topics, values);
  }

  /** What is wrong, by field; empty when nothing is. */
  Map<String, String> faults(SignUpForm form, Entered entered, Language language) {
    Map<String, String> faults = new LinkedHashMap<>();
    if (EmailKey.of(entered.address()).isEmpty()) {
      faults.put("email", language.of("signup.invalidAddress"));
    }
    entered
        .values()
        .forEach(
            (name, value) -> {
              if (value.length() > LONGEST_VALUE) {
                faults.put(name, language.of("signup.tooLong"));
              }
            });
    if (entered.topics().isEmpty()) {
      faults.put("topics", language.of("signup.noTopic"));
    }
    return faults;
  }

  SignUpPage page(
      SignUpForm form,
      Entered entered,
      Map<String, String> faults,
      String action,
      Language language) {
    List<Field> fields = new ArrayList<>();
    for (String name : form.attributes()) {
      String label = language.of("field." + name);
      fields.add(
          new Field(
              name,
              label == null ? TopicTitles.spoken(name) : label,
              AUTOCOMPLETE.get(name),
              entered.values().getOrDefault(name, ""),
              faults.get(name)));
    }
    List<Choice> topics =
        form.topics().stream()
            .map(
                topic ->
                    new Choice(
                        topic,
                        site.titles().title(topic, language),
                        site.titles().description(topic, language),
                        entered.topics().contains(topic)))
            .toList();
    return new SignUpPage(
        action,
        new Field(
            "email",
            language.of("signup.address"),
            "email",
            entered.address(),
            faults.get("email")),
        fields,
        topics.size() > 1 ? topics : List.of(),
        faults.get("topics"),
        wording(form, language),
        faults.entrySet().stream().map(f -> new Fault(f.getKey(), f.getValue())).toList());
  }

  /** What people agree to, in the language of the form. */
  String wording(SignUpForm form, Language language) {
    return ByLanguage.text(form.wording(), language.tag(), site.locale());
  }

  /** With the evidence that the law asks for: what was agreed to, when, and from where. */
  SignUp signUp(SignUpForm form, Entered entered, Request request, Language language, Instant now) {
    String wording = wording(form, language);
    Map<String, Object> evidence = Evidence.of(request, "sign-up", language);
    evidence.put("form", form.name());
    evidence.put("wording", wording);
    evidence.put(
        "wording_version",
        form.version() == null ? "sha256:" + Sha256.hex(wording, 8) : form.version());
    evidence.put("requested_at", now.toString());
    evidence.put("address", entered.address());
    return new SignUp(
        form.name(),
        entered.address(),
        entered.topics(),
        language.tag(),
        new LinkedHashMap<>(entered.values()),
        evidence);
  }
}

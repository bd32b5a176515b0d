package dev.lettershop.template.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.template.Templates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a template that was written for another language or tool. */
class ForeignCodeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Mustache~{% if profile.is_vip %}x{% endif %}~is Liquid, and spec.engine is Mustache; set spec.engine: Liquid",
        "Handlebars~{% for i in x %}x{% endfor %}~is Liquid, and spec.engine is Handlebars; set spec.engine: Liquid",
        "Mustache~Hi *|FNAME|*~is a merge tag of Mailchimp, and means nothing here; write {{profile.first_name}}",
        "Liquid~Hi *|FNAME|*~is a merge tag of Mailchimp, and means nothing here; write {{ profile.first_name }}",
        "Mustache~*|UNSUB|*~write {{links.unsubscribe}}",
        "Mustache~Hi %%First Name%%~is code of Salesforce Marketing Cloud, and means nothing here; write {{profile.first_name}}",
        "Mustache~%%[ set @x = 1 ]%%~is code of Salesforce Marketing Cloud",
        "Mustache~Hi ${user.email}~write {{profile.email}}",
        "Mustache~Hi [[data:firstname:\"you\"]]~is a variable of Mailjet, and means nothing here; write {{profile.first_name}}",
        "Mustache~Hi {contactfield=firstname}~is a token of Mautic, and means nothing here; write {{profile.first_name}}",
        "Mustache~{unsubscribe_url}~write {{links.unsubscribe}}",
        "Mustache~Hi <%= user.name %>~is code of ERB or EJS",
        "Mustache~Hi {{ .Subscriber.FirstName }}~is a Go template, as listmonk has them, and means nothing here; write {{profile.first_name}}",
        "Mustache~Hi %FIRSTNAME%~is a tag of ActiveCampaign, and means nothing here; write {{profile.first_name}}",
        "Mustache~Hi %recipient.first_name%~is a variable of Mailgun, and means nothing here; write {{profile.first_name}}",
        "Handlebars~<% if x %>a<% end %>~is code of ERB or EJS",
        "Liquid~{{#if profile.city}}x{{/if}}~{{#if profile.city}} is Handlebars or Mustache, and spec.engine is Liquid; set spec.engine, or write {% if profile.city %}…{% endif %}",
        "Liquid~{{> footer}}~{{> footer}} is Handlebars or Mustache, and spec.engine is Liquid; set spec.engine, or write {% render \"footer\" %}",
        "Handlebars~{{profile.city | upcase}}~are Liquid, and spec.engine is Handlebars; set spec.engine: Liquid",
        "Mustache~{{profile.city | upcase}}~Mustache has no filters; write {{profile.city}}, or set spec.engine: Liquid",
        "Liquid~Hi {{${first_name}}}~is a tag of Braze, and means nothing here; write {{ profile.first_name }}",
      })
  void codeOfAnotherToolIsAnErrorThatNamesIt(TemplateEngine engine, String source, String finding) {
    assertThat(Templates.findings(Templates.body(source).engine(engine).compile()))
        .anyMatch(found -> found.startsWith("error spec.html") && found.contains(finding));
    assertThat(Templates.findings(Templates.body("x").subject(source).engine(engine).compile()))
        .anyMatch(found -> found.startsWith("error spec.subject") && found.contains(finding));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100% wool, 20%% off",
        "<td width=\"100%\">a * b | c</td>",
        "<!--[if mso]><b>x</b><![endif]-->",
        "<style>@media (max-width:600px) {.a{width:100%}}</style>",
        "costs $5 {really}",
        "see [1] and [[2]]",
        "<a href=\"https://x.example/%C3%84%20FOO%20B\">50%OFF or 100%</a>"
      })
  void ordinaryTextIsLeftAlone(String html) {
    assertThat(Templates.findings(Templates.body(html).compile()))
        .noneMatch(found -> found.contains("means nothing here") || found.contains("is Liquid"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Liquid~{% raw %}{{ .Subscriber }} *|FNAME|*{% endraw %}",
        "Liquid~{% comment %}was *|FNAME|*{% endcomment %}",
        "Handlebars~{{!-- was *|FNAME|* --}}",
        "Handlebars~\\{{ .Subscriber }}",
        "Mustache~{{! was *|FNAME|* }}"
      })
  void whatIsToStandAsItIsAndCommentsAreLeftAlone(TemplateEngine engine, String html) {
    assertThat(Templates.findings(Templates.body(html).engine(engine).compile()))
        .noneMatch(found -> found.startsWith("error"));
  }
}

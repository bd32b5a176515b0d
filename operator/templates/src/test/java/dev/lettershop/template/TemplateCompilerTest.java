package dev.lettershop.template;

import static dev.lettershop.template.Templates.UNSUBSCRIBE;
import static dev.lettershop.template.Templates.body;
import static dev.lettershop.template.Templates.findings;
import static dev.lettershop.template.Templates.html;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.FieldProblem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateCompilerTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("htmlWithOneFinding")
  void findsWhatIsWrongInHtmlAtItsPlace(String html, String expected) {
    TemplateResult result = body(html).slot("headline", "News").slot("cta", null).compile();

    assertThat(findings(result)).containsExactly(expected);
    assertThat(result.succeeded()).isEqualTo(expected.startsWith("warning"));
  }

  static Stream<Arguments> htmlWithOneFinding() {
    return Stream.of(
        // Syntax
        one(
            "<p>\n {{#profile.is_vip}}x",
            "error spec.html 2:2: section {{#profile.is_vip}} is not closed;"
                + " close it with {{/profile.is_vip}}"),
        one(
            "{{^profile.is_vip}}x",
            "error spec.html 1:1: section {{^profile.is_vip}} is not closed;"
                + " close it with {{/profile.is_vip}}"),
        one(
            "x{{/profile.city}}",
            "error spec.html 1:2: {{/profile.city}} closes a section that was not opened;"
                + " open it before with {{#profile.city}}, or remove the tag"),
        one(
            "{{#profile.city}}x{{/profile.ctiy}}",
            "error spec.html 1:19: {{/profile.ctiy}} does not close {{#profile.city}} of 1:1;"
                + " write {{/profile.city}}"),
        one(
            "{{#profile.city}}{{#profile.is_vip}}x{{/profile.city}}",
            "error spec.html 1:18: section {{#profile.is_vip}} is not closed;"
                + " close it with {{/profile.is_vip}}"),
        one("<p>{{profile.email</p>", "error spec.html 1:4: tag is not closed; end it with }}"),
        one(
            "{{profile.email } {{profile.id}}",
            "error spec.html 1:1: tag is not closed; end it with }}"),
        one("{{{content.headline}} x", "error spec.html 1:1: tag is not closed; end it with }}}"),
        one("a {{ }} b", "error spec.html 1:3: tag without a name; write {{profile.<attribute>}}"),
        one(
            "{{profile.first name}}",
            "error spec.html 1:1: \"profile.first name\" is not a name;"
                + " a name is made of letters, digits, _ and -, with dots between its parts"),
        one(
            "{{profile.email | upcase}}",
            "error spec.html 1:1: Mustache has no filters; write {{profile.email}}, or set spec.engine: Liquid"),
        one(
            "{{#if profile.is_vip}}x{{/if}}",
            "error spec.html 1:1: Mustache has no {{#if}};"
                + " write {{#profile.is_vip}}…{{/profile.is_vip}}, or set spec.engine: Handlebars"),
        one(
            "{{#unless profile.is_vip}}x{{/unless}}",
            "error spec.html 1:1: Mustache has no {{#unless}};"
                + " write {{^profile.is_vip}}…{{/profile.is_vip}}, or set spec.engine: Handlebars"),
        one(
            "{{#profile.is_vip}}x{{else}}y{{/profile.is_vip}}",
            "error spec.html 1:21: Mustache has no {{else}}; write {{^name}}…{{/name}}"),
        one(
            "{% if profile.is_vip %}x",
            "error spec.html 1:1: \"{% if %}\" is Liquid, and spec.engine is Mustache;"
                + " set spec.engine: Liquid, or write {{#name}}…{{/name}}"),
        one(
            "{{=<% %>=}}",
            "error spec.html 1:1: mail templates cannot change the delimiters;" + " use {{ and }}"),
        one(
            "{{%IMPLICIT-ITERATOR}}",
            "error spec.html 1:1: mail templates have no pragmas; remove the tag"),
        one(
            "{{<layout}}",
            "error spec.html 1:1: mail templates have no inheritance;"
                + " use a partial: {{>name}}"),
        // Names
        one(
            "<p>\r\n<b>{{profile.ctiy}}",
            "error spec.html 2:4: unknown attribute \"ctiy\"; did you mean \"city\"?"),
        one(
            "{{first_name}}",
            "error spec.html 1:1: unknown name \"first_name\";"
                + " did you mean \"profile.first_name\"?"),
        one(
            "{{frist_name}}",
            "error spec.html 1:1: unknown name \"frist_name\";"
                + " did you mean \"profile.first_name\"?"),
        one(
            "{{headline}}",
            "error spec.html 1:1: unknown name \"headline\"; did you mean \"content.headline\"?"),
        one(
            "{{user.first_name}}",
            "error spec.html 1:1: unknown name \"user.first_name\";"
                + " did you mean \"profile.first_name\"?"),
        one(
            "{{profil.city}}",
            "error spec.html 1:1: unknown name \"profil.city\"; did you mean \"profile.city\"?"),
        one(
            "{{unsubscribe_url}}",
            "error spec.html 1:1: unknown name \"unsubscribe_url\";"
                + " did you mean \"links.unsubscribe\"?"),
        one(
            "{{zzzzzz}}",
            "error spec.html 1:1: unknown name \"zzzzzz\";"
                + " names begin with profile., content., campaign., links., events. or are"
                + " recommendations"),
        one(
            "{{recommendations.first}}",
            "error spec.html 1:1: \"recommendations\" is a list, and its items have to"
                + " be gone through; repeat something for each item, and name the field inside"),
        one(
            "{{content.headlin}}",
            "error spec.html 1:1: slot \"headlin\" is not declared;"
                + " did you mean \"headline\"? Else declare it in spec.slots"),
        one(
            "{{content.footer}}",
            "error spec.html 1:1: slot \"footer\" is not declared; declare it in spec.slots"),
        one(
            "{{links.unsubscribed}}",
            "error spec.html 1:1: unknown link \"unsubscribed\"; did you mean \"unsubscribe\"?"),
        one(
            "{{campaign.title}}",
            "error spec.html 1:1: \"campaign\" has no \"title\"; known: date, name"),
        one(
            "{{profile.email.domain}}",
            "error spec.html 1:1: \"profile.email\" is one value and has no parts;"
                + " write {{profile.email}}"),
        one(
            "{{profile}}",
            "error spec.html 1:1: \"profile\" is a group of values and cannot be shown;"
                + " name one of its values, as in {{profile.email}}"),
        one(
            "{{.}}",
            "error spec.html 1:1: \"{{.}}\" stands for the current item of a list,"
                + " and here is none; write it inside"
                + " {{#profile.<list>}}…{{/profile.<list>}}"),
        one(
            "{{#profile}}{{ctiy}}{{/profile}}",
            "error spec.html 1:13: unknown attribute \"ctiy\"; did you mean \"city\"?"),
        one(
            "{{>footer}}",
            "error spec.html 1:1: partial \"footer\" is not declared; declare it in spec.partials"),
        // Values
        one(
            "Hello {{profile.first_name}}, {{profile.first_name}}",
            "warning spec.html 1:7: \"profile.first_name\" is shown as nothing for a profile"
                + " without it; add first_name to spec.defaults,"
                + " or use {{#profile.first_name}}"),
        one(
            "{{{profile.email}}}",
            "error spec.html 1:1: \"profile.email\" is data about people and must be escaped in"
                + " HTML; write {{profile.email}}"),
        one(
            "{{& profile.email }}",
            "error spec.html 1:1: \"profile.email\" is data about people and must be escaped in"
                + " HTML; write {{profile.email}}"),
        one(
            "{{#profile.interests}}{{{.}}}{{/profile.interests}}",
            "error spec.html 1:23: \".\" is data about people and must be escaped in HTML;"
                + " write {{.}}"),
        one(
            "{{{content.headline}}}",
            "warning spec.html 1:1: \"content.headline\" is put into the HTML unescaped;"
                + " write {{content.headline}} unless it holds HTML that you wrote; then declare"
                + " the slot with type: Html"),
        // Places
        one(
            "<img alt={{profile.email}}>",
            "error spec.html 1:10: {{profile.email}} stands in an attribute's value without"
                + " quotes; write alt=\"…\""),
        one(
            "<img {{profile.email}}>",
            "error spec.html 1:6: {{profile.email}} stands inside a tag, outside of any"
                + " attribute's value; put it into an attribute's value, in quotes"),
        one(
            "<script>var a = '{{content.cta}}'</script>",
            "error spec.html 1:18: {{content.cta}} stands in a script;"
                + " remove the script: mail clients do not run any"),
        one(
            "<p onclick=\"f('{{content.cta}}')\">",
            "error spec.html 1:16: {{content.cta}} stands in a script;"
                + " remove the script: mail clients do not run any"),
        one(
            "<p style=\"color:{{profile.email}}\">",
            "error spec.html 1:17: {{profile.email}} stands in CSS, where HTML escaping does not"
                + " contain data about people;"
                + " choose between classes with a section, or use a content slot"),
        one(
            "<a href='{{profile.email}}'>x</a>",
            "warning spec.html 1:10: whoever writes this attribute decides where href leads;"
                + " begin the address with https:// and your host"));
  }

  private static Arguments one(String html, String expected) {
    return Arguments.of(html, expected);
  }

  @ParameterizedTest
  @MethodSource("cleanHtml")
  void acceptsWhatIsRight(String html) {
    TemplateResult result = body(html).slot("headline", "News").slot("cta", null).compile();

    assertThat(findings(result)).isEmpty();
    assertThat(result.succeeded()).isTrue();
  }

  static List<String> cleanHtml() {
    return List.of(
        "{{profile.email}} {{profile.id}} {{campaign.name}} {{ content.headline }}",
        "{{! a comment with {{ in it }}x",
        "{{#profile.interests}}{{.}}{{/profile.interests}}",
        "{{#profile.interests}}{{.}} {{profile.email}}{{/profile.interests}}",
        "{{#profile}}{{email}} {{#city}}{{city}} {{.}}{{/city}} {{content.headline}}{{/profile}}",
        "{{#profile.city}}{{profile.city}}{{/profile.city}}{{^profile.city}}x{{/profile.city}}",
        "{{#profile.is_vip}}{{#profile.city}}{{profile.city}}{{/profile.city}}{{/profile.is_vip}}",
        "{{#content.cta}}<a href=\"https://shop.example/?n={{.}}\">{{content.cta}}</a>{{/content.cta}}",
        "{{#content}}{{headline}}{{/content}} {{#campaign}}{{name}}{{/campaign}}",
        "<!-- {{profile.email}} --><title>{{profile.email}}</title>",
        "<style>@media screen{p{color:red}}</style><p class='a-{{content.cta}}'>{ } }} {x}",
        "<img width='9' alt=\"a > b {{profile.email}}\" src = 'https://x.example/{{profile.id}}'>");
  }

  @Test
  void findsEverythingAtOnceInTheOrderOfTheFields() {
    // given
    TemplateResult result =
        html("{{profile.b}} {{/x}}")
            .subject("{{profile.a}}")
            .preheader("{{>p}}")
            .text("{{#profile.email}}")
            .defaultFor("frist_name", "you")
            .compile();

    // then
    assertThat(result.template()).isNull();
    assertThat(result.problems())
        .extracting(FieldProblem::field)
        .containsExactly(
            "spec.defaults.frist_name",
            "spec.subject",
            "spec.preheader",
            "spec.html",
            "spec.html",
            "spec.text",
            "spec.html",
            "spec.text");
    assertThat(findings(result))
        .contains(
            "error spec.defaults.frist_name: unknown attribute \"frist_name\";"
                + " did you mean \"first_name\"?",
            "warning spec.html: the unsubscribe link is missing;"
                + " add <a href=\"{{links.unsubscribe}}\">Unsubscribe</a>",
            "warning spec.text: the unsubscribe link is missing;"
                + " add Unsubscribe: {{links.unsubscribe}}",
            "error spec.preheader 1:1: partials are for spec.html and spec.text;"
                + " write the text here");
  }

  @Test
  void asksForSubjectAndHtml() {
    assertThat(findings(html(null).subject(" ").compile()))
        .containsExactly(
            "error spec.html: a template needs HTML; set spec.html",
            "error spec.subject: a template needs a subject; set spec.subject");
  }

  @Test
  void boundsTheDepthOfSections() {
    // given
    String deep = "{{#profile.is_vip}}".repeat(33) + "{{/profile.is_vip}}".repeat(33);

    // then
    assertThat(findings(body(deep).compile()))
        .containsExactly(
            "error spec.html 1:609: sections are nested more than 32 deep;"
                + " close the outer sections first");
  }

  @Test
  void anAttributeWithADefaultNeedsNoWarning() {
    assertThat(findings(body("{{profile.city}}").defaultFor("city", "your city").compile()))
        .isEmpty();
  }

  @Test
  void saysWhichSlotsACampaignMustFill() {
    // when
    TemplateResult result =
        body("{{content.cta}}{{#content.note}}{{content.note}}{{/content.note}}"
                + "{{content.headline}}")
            .subject("{{content.topic}}")
            .slot("cta", null)
            .slot("note", null)
            .slot("headline", "News")
            .slot("topic", null)
            .slot("unused", null)
            .compile();

    // then
    assertThat(result.usedSlots()).containsExactly("cta", "headline", "note", "topic");
    assertThat(result.requiredSlots()).containsExactly("cta", "topic");
    assertThat(result.slots()).containsOnlyKeys("cta", "note", "headline", "topic", "unused");
    assertThat(result.template().slots()).containsOnly(java.util.Map.entry("headline", "News"));
  }

  @Test
  void aGroupMayNotHideAnotherGroup() {
    // given
    var schema =
        dev.lettershop.profile.ProfileSchema.of(
            List.of(
                new dev.lettershop.api.v1alpha1.store.Attribute(
                    "content", dev.lettershop.api.v1alpha1.store.AttributeType.String, false)),
            List.of());

    // when
    TemplateResult result =
        new TemplateCompiler()
            .compile(
                "mail",
                body("{{#profile}}{{links.unsubscribe}}{{email}}{{content}}{{/profile}}").spec(),
                java.util.Map.of(),
                schema);
    TemplateResult hidden =
        new TemplateCompiler()
            .compile(
                "mail",
                body("{{#profile}}{{content.x}}{{/profile}}").slot("x", "y").spec(),
                java.util.Map.of(),
                schema);

    // then
    assertThat(result.succeeded()).isTrue();
    assertThat(findings(hidden))
        .containsExactly(
            "error spec.html 1:13: \"profile.content\" is one value and has no parts;"
                + " write {{profile.content}}");
  }

  @Test
  void writesNamesInFullAndLeavesCommentsOut() {
    // when
    CompiledTemplate template =
        html("{{! hi }}{{#profile}}{{ email }}{{/profile}}" + UNSUBSCRIBE).compile().template();

    // then
    assertThat(template.html())
        .isEqualTo("{{#profile}}{{profile.email}}{{/profile}}" + UNSUBSCRIBE);
  }
}

package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlebars as its guide describes it (handlebarsjs.com/guide), as far as mails have it. */
class HandlebarsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // Expressions
        "{{profile.first_name}}¦Ada",
        "{{profile/first_name}}¦Ada",
        "{{this.profile.first_name}}¦Ada",
        "{{@root.profile.first_name}}¦Ada",
        "{{profile.[first_name]}}¦Ada",
        "{{#equals profile.city \"Paris & Rom\"}}yes{{else}}no{{/equals}}¦yes",
        "{{#notEquals profile.city \"x\"}}yes{{/notEquals}}¦yes",
        "{{#greaterThan profile.lifetime_value 9}}yes{{/greaterThan}}¦yes",
        "{{#and profile.city profile.nothing}}yes{{else}}no{{/and}}¦no",
        "{{length profile.interests}}¦2",
        "{{insert profile.nothing \"default=you\"}}¦you",
        "{{#greaterThan (length profile.interests) 1}}many{{/greaterThan}}¦many",
        "{{#or profile.nothing profile.city}}one{{/or}}¦one",
        "{{insert profile.nothing}}¦``",
        "{{insert profile.first_name \"default=you\"}}¦Ada",
        "{{formatDate profile.last_active_at \"MMMM D, YYYY\"}}¦February 28, 2027",
        "{{formatDate profile.last_active_at \"dddd DD/MM/YY [at] h:mm A\"}}¦Sunday 28/02/27 at 11:30 PM",
        // Values with names
        "{{date profile.last_active_at format=\"%d.%m.%Y\"}}¦28.02.2027",
        "{{money profile.lifetime_value currency=\"EUR\"}}¦€5,000.00",
        "{{join profile.interests between=\" + \"}}¦books + tea",
        "{{truncate profile.city length=5}}¦Paris…",
        "{{upper (default profile.nothing otherwise=\"there\")}}¦THERE",
        "{{#if profile.orders includeZero=true}}zero{{/if}}¦zero",
        "{{#unless profile.orders includeZero=true}}none{{else}}zero{{/unless}}¦zero",
        // Inline partials
        "{{#*inline \"row\"}}<b>{{this}}</b>{{/inline}}{{#each profile.interests}}{{> row}}{{/each}}¦<b>books</b><b>tea</b>",
        "{{> hi}}{{#*inline \"hi\"}}Hi {{profile.first_name}}{{/inline}}¦Hi Ada",
        "{{#*inline \"a\"}}{{#if profile.is_vip}}{{> b}}{{/if}}{{/inline}}{{#*inline \"b\"}}b{{/inline}}{{> a}}{{> a}}¦bb",
        "<a href=\"https://x.example/?{{#*inline \"q\"}}c={{profile.city}}{{/inline}}{{> q}}\">{{> q}}</a>¦<a href=\"https://x.example/?c=Paris%20%26%20Rom\">c=Paris &amp; Rom</a>",
        "{{content.markup}}¦&lt;b&gt;&amp;&quot;&#39;",
        "{{profile.lifetime_value}}¦5000",
        "{{profile.last_active_at}}¦2027-02-28",
        "{{profile.interests}}¦books, tea",
        "a {{! not shown }}b {{!-- nor }} this --}}c¦a b c",
        "a {{~ profile.city ~}} b¦aParis &amp; Romb",
        "\\{{profile.city}}¦{{profile.city}}",
        "a { b }} c¦a { b }} c",
        // if, unless, else
        "{{#if profile.is_vip}}yes{{else}}no{{/if}}¦yes",
        "{{#if profile.nothing}}yes{{else}}no{{/if}}¦no",
        "{{#if profile.orders}}yes{{else}}no{{/if}}¦no",
        "{{#if content.empty}}yes{{else}}no{{/if}}¦no",
        "{{#unless profile.is_vip}}yes{{else}}no{{/unless}}¦no",
        "{{#if profile.nothing}}a{{else if profile.is_vip}}b{{else}}c{{/if}}¦b",
        "{{#if profile.nothing}}a{{^}}b{{/if}}¦b",
        "{{#if (gt profile.lifetime_value 1000)}}big{{/if}}¦big",
        "{{#if (and profile.is_vip (eq profile.city \"Paris & Rom\"))}}both{{/if}}¦both",
        "{{#if (or profile.nothing (not profile.is_vip))}}x{{else}}neither{{/if}}¦neither",
        // each
        "{{#each profile.interests}}[{{this}}]{{/each}}¦[books][tea]",
        "{{#each profile.interests}}{{@index}}{{#if @first}}F{{/if}}{{#if @last}}L{{/if}} {{/each}}¦0F 1L ",
        "{{#each profile.interests as |one i|}}{{i}}={{one}} {{/each}}¦0=books 1=tea ",
        "{{#each profile.interests}}{{../profile.first_name}} {{/each}}¦Ada Ada ",
        "{{#each profile.interests}}{{profile.first_name}} {{/each}}¦Ada Ada ",
        "{{#each profile.none}}x{{else}}nothing{{/each}}¦nothing",
        "{{#each events.product_viewed}}{{product}}:{{this.price}};{{/each}}¦shoe:12.5;hat:9;",
        "{{#each events.product_viewed as |e|}}{{#each ../profile.interests}}{{e.product}}-{{this}} {{/each}}{{/each}}¦shoe-books shoe-tea hat-books hat-tea ",
        "{{#each recommendations}}x{{else}}none{{/each}}¦none",
        // with
        "{{#with profile}}{{first_name}} {{city}}{{/with}}¦Ada Paris &amp; Rom",
        "{{#with profile.nothing}}x{{else}}none{{/with}}¦none",
        "{{#with (lookup events.product_viewed 1)}}{{product}}{{/with}}¦hat",
        // Blocks named like values
        "{{#profile.interests}}{{.}} {{/profile.interests}}¦books tea ",
        "{{^profile.none}}empty{{/profile.none}}¦empty",
        "{{#profile.is_vip}}yes{{/profile.is_vip}}¦yes",
        "{{#profile}}{{first_name}}{{/profile}}¦Ada",
        // Helpers
        "{{upper profile.first_name}} {{lower profile.first_name}}¦ADA ada",
        "{{capitalize \"new\"}}¦New",
        "{{default profile.nothing \"there\"}}¦there",
        "{{join profile.interests \" + \"}}¦books + tea",
        "{{size profile.interests}}¦2",
        "{{truncate profile.city 5}}¦Paris…",
        "{{concat profile.first_name \"!\" }}¦Ada!",
        "{{lookup profile.interests 0}}¦books",
        "{{upper (concat profile.first_name \"b\")}}¦ADAB",
        "{{date profile.last_active_at}}¦February 28, 2027",
        "{{date profile.last_active_at \"%d.%m.%Y\"}}¦28.02.2027",
        "{{number profile.lifetime_value}}¦5,000",
        "{{money profile.lifetime_value \"EUR\"}}¦€5,000.00",
        "{{date campaign.date \"short\"}}¦3/1/27"
      })
  void isAsTheGuideSays(String source, String expected) {
    assertThat(SampleMail.html(TemplateEngine.Handlebars, source)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "{{profile.ctiy}}¦error spec.html 1:1: unknown attribute \"ctiy\"; did you mean \"city\"?",
        "{{first_name}}¦error spec.html 1:1: unknown name \"first_name\"; did you mean \"profile.first_name\"?",
        "{{#each profile.interests}}{{nam}}{{/each}}¦error spec.html 1:28: unknown name \"nam\"; names begin with profile., content., campaign., links., events. or are recommendations",
        "{{#each events.product_viewed}}{{pric}}{{/each}}¦error spec.html 1:32: an item of \"events.product_viewed\" has no \"pric\"; did you mean \"price\"?",
        "{{#each profile.city}}x{{/each}}¦error spec.html 1:1: \"profile.city\" is not a list; write {{#if …}} or {{#with …}}",
        "{{#if profile.city}}x¦error spec.html 1:1: block {{#if}} is not closed; close it with {{/if}}",
        "{{/if}}¦error spec.html 1:1: {{/if}} closes a block that was not opened; remove the tag",
        "{{#if profile.city}}{{/each}}¦error spec.html 1:21: {{/each}} does not close {{#if}} of 1:1; write {{/if}}",
        "{{uper profile.city}}¦error spec.html 1:1: unknown helper \"uper\"; did you mean \"upper\"?",
        "{{formatDate profile.last_active_at \"Do MMM\"}}¦error spec.html 1:1: the pattern \"Do MMM\" has something that dates are not written with; use YYYY, MMMM, MMM, MM, M, DD, D, dddd, ddd, HH, H, hh, h, mm, ss, A and a, or write {{date … \"%d.%m.%Y\"}}",
        "{{formatDate profile.last_active_at \"MM/DD\" \"-0800\"}}¦error spec.html 1:1: times are shown on the recipient's clock; remove the third value of formatDate",
        "{{moment profile.last_active_at}}¦error spec.html 1:1: unknown helper \"moment\"; use date",
        "{{profile.city | upcase}}¦error spec.html 1:1: filters such as \"| upcase\" are Liquid, and spec.engine is Handlebars; set spec.engine: Liquid, or call a helper: {{upper profile.<attribute>}}",
        "{{date profile.last_active_at fomat=\"short\"}}¦error spec.html 1:1: \"date\" takes no fomat=; did you mean \"format\"?",
        "{{upper profile.email lang=\"de\"}}¦error spec.html 1:1: \"upper\" takes no lang=; remove lang=",
        "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}¦error spec.html 1:17: inline partial \"a\" contains itself, or is put in too often; use {{#each}}",
        "{{#*inline \"a\"}}x¦error spec.html 1:1: block {{#*inline \"a\"}} is not closed; close it with {{/inline}}",
        "{{#*inline \"a\"}}{{#if profile.city}}{{/inline}}{{> a}}¦error spec.html 1:48: inline partial \"a\" opens blocks that it does not close; close them before {{/inline}}",
        "{{#> layout}}x{{/layout}}¦error spec.html 1:1: mails have no partials with a block; use {{#*inline \"name\"}}…{{/inline}} and {{> name}}",
        "{{profile.city.length}}¦error spec.html 1:1: \"profile.city\" is one value and has no parts; write (size profile.city)",
        "{{\"text\"}}¦error spec.html 1:1: \"text\" is not the name of a value; write it as text, without the braces",
        "{{5}}¦error spec.html 1:1: 5 is not the name of a value; write it as text, without the braces",
        "{{include \"/etc/passwd\"}}¦error spec.html 1:1: unknown helper \"include\"; known: and, capitalize, concat, date, datePlus, datetime, default, encodeURI, eq, escape, formatDate, gt, and 18 more",
        "{{money profile.lifetime_value}}¦error spec.html 1:1: money needs a currency; write {{money … \"EUR\"}}, or set spec.currency of the ProfileStore",
        "{{date profile.city}}{{#if profile.city}}{{/if}}¦warning spec.html 1:1: \"profile.city\" is shown as nothing for a profile without it; add city to spec.defaults, or use {{#if profile.city}}",
        "{{date profile.is_vip}}¦error spec.html 1:1: \"date\" does not fit \"profile.is_vip\": that is of type Boolean, and not a time; show it without date",
        "{{{profile.email}}}¦error spec.html 1:1: \"profile.email\" is data about people and must be escaped in HTML; write {{profile.email}}",
        "{{{upper profile.email}}}¦error spec.html 1:1: \"profile.email\" is data about people and must be escaped in HTML; write {{upper profile.email}}",
        "{{> fotter}}¦error spec.html 1:1: partial \"fotter\" is not declared; declare it in spec.partials",
        "{{#each profile.interests}}{{@indx}}{{/each}}¦error spec.html 1:28: unknown name \"@indx\"; names begin with profile., content., campaign., links., events. or are recommendations",
        "<p title={{profile.email}}>¦error spec.html 1:10: {{profile.email}} stands in an attribute's value without quotes; write title=\"…\"",
        "{{#if profile.city}}<p title=\"{{/if}}{{profile.email}}\">¦error spec.html 1:31: what stands before this tag begins in one place of the HTML and ends in another; put the section around whole elements, whole attributes or a part of one value"
      })
  void saysWhatIsWrongAtItsPlace(String source, String expected) {
    assertThat(SampleMail.findings(TemplateEngine.Handlebars, source)).contains(expected);
  }

  @Test
  void valuesInAddressesAreEncoded() {
    assertThat(
            SampleMail.html(
                TemplateEngine.Handlebars,
                "<a href=\"https://x.example/?q={{profile.city}}&n={{upper profile.first_name}}\">x</a>"))
        .isEqualTo("<a href=\"https://x.example/?q=Paris%20%26%20Rom&n=ADA\">x</a>");
  }
}

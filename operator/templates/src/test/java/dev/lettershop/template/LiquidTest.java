package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.value.RenderException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Liquid as its reference describes it (shopify.github.io/liquid), as far as mails have it. */
class LiquidTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // Objects, operators, truth
        "{{ profile.first_name }}~Ada",
        "{{ content.markup }}~&lt;b&gt;&amp;&quot;&#39;",
        "{{ content.markup | escape }}~&lt;b&gt;&amp;&quot;&#39;",
        "{{ profile.lifetime_value }}~5000",
        "{{ profile.last_active_at }}~2027-02-28",
        "{{ profile.interests }}~books, tea",
        "{% if profile.city == \"Paris & Rom\" %}yes{% else %}no{% endif %}~yes",
        "{% if profile.lifetime_value > 1000 and profile.is_vip %}yes{% endif %}~yes",
        "{% if profile.lifetime_value < 1000 or profile.is_vip == false %}a{% else %}b{% endif %}~b",
        "{% if profile.interests contains \"tea\" %}yes{% endif %}~yes",
        "{% if profile.city contains \"Rom\" %}yes{% endif %}~yes",
        "{% if profile.nothing %}yes{% else %}no{% endif %}~no",
        "{% if profile.orders %}zero is true{% endif %}~zero is true",
        "{% if content.empty == empty %}empty{% endif %}~empty",
        "{% if profile.nothing == nil %}nil{% endif %}~nil",
        "{% if profile.none == empty %}empty{% endif %}~empty",
        "{{ content.markup | strip_html }}~&amp;&quot;&#39;",
        "{% if profile.nothing == blank %}blank{% endif %}~blank",
        "{% if content.empty == blank %}blank{% endif %}~blank",
        "{% if profile.none == blank %}blank{% endif %}~blank",
        "{% if profile.city != blank %}there{% endif %}~there",
        "{% if profile.none.size == 0 %}none{% endif %}~none",
        "{% unless profile.is_vip %}a{% else %}b{% endunless %}~b",
        "{% if profile.nothing %}a{% elsif profile.is_vip %}b{% else %}c{% endif %}~b",
        "{% case profile.city %}{% when \"X\", \"Y\" %}a{% when \"Paris & Rom\" %}b{% else %}c{% endcase %}~b",
        "{% case profile.city %} {% when \"X\" or \"Y\" %}a{% else %}c{% endcase %}~c",
        // Whitespace, comments, raw
        "a {%- if profile.is_vip -%} b {%- endif -%} c~abc",
        "a {{- profile.first_name -}} b~aAdab",
        "a{% comment %}{{ nothing }}{% endcomment %}b{% # inline %}~ab",
        "{% raw %}{{ profile.city }}{% endraw %}~{{ profile.city }}",
        "a { b }} c %} d~a { b }} c %} d",
        // Loops
        "{% for i in profile.interests %}{{ i }};{% endfor %}~books;tea;",
        "{% for i in profile.none %}x{% else %}none{% endfor %}~none",
        "{% for i in (1..4) %}{{ i }}{% endfor %}~1234",
        "{% for i in (1..4) reversed %}{{ i }}{% endfor %}~4321",
        "{% for i in profile.interests limit:1 %}{{ i }}{% endfor %}~books",
        "{% for i in profile.interests offset:1 %}{{ i }}{% endfor %}~tea",
        "{% for i in (1..5) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}~13",
        "{% for i in profile.interests %}{{ forloop.index }}/{{ forloop.length }}{% if forloop.last %}.{% endif %} {% endfor %}~1/2 2/2. ",
        "{% for i in (1..3) %}{% cycle \"a\", \"b\" %}{% endfor %}~aba",
        "{% for e in events.product_viewed %}{{ e.product }}:{{ e.price }};{% endfor %}~shoe:12.5;hat:9;",
        "{{ events.product_viewed.first.product }}~shoe",
        "{{ events.product_viewed[1].product }}~hat",
        "{{ events.product_viewed | map: \"product\" | join: \"+\" }}~shoe+hat",
        "{% for r in recommendations %}x{% else %}none{% endfor %}~none",
        // Captured text is escaped where it is shown, captured HTML inside
        "{% capture x %}Hi {{ profile.first_name }}{% endcapture %}{{ x }}!{{ x | upcase }}~Hi Ada!HI ADA",
        "{% capture x %}{{ content.markup }}{% endcapture %}{{ x }}~&lt;b&gt;&amp;&quot;&#39;",
        "{% capture x %}<b>{{ content.markup }}</b>{% endcapture %}{{ x }}{{ x | strip }}~<b>&lt;b&gt;&amp;&quot;&#39;</b><b>&lt;b&gt;&amp;&quot;&#39;</b>",
        "{% capture a %}<i>{{ profile.city }}</i>{% endcapture %}{% capture b %}{{ a }}-{{ a }}{% endcapture %}{{ b }}~<i>Paris &amp; Rom</i>-<i>Paris &amp; Rom</i>",
        "{% capture x %}{{ profile.city }}{% endcapture %}<p title=\"{{ x }}\">{{ x.size }}</p>~<p title=\"Paris &amp; Rom\">11</p>",
        "{% capture x %}{% for i in profile.interests %}{{ i }}{% unless forloop.last %}, {% endunless %}{% endfor %}{% endcapture %}{% if x contains \"tea\" %}{{ x }}{% endif %}~books, tea",
        "{% capture x %}{% endcapture %}{% if x == blank %}blank{% endif %}~blank",
        "{% capture \"x\" %}a & b{% endcapture %}{{ x }}~a &amp; b",
        "{% capture url %} https://shop.example/?c={{ profile.city }}&e={{ profile.city | url_encode }} {% endcapture %}<a href=\"{{ url }}\">x</a>~<a href=\"https://shop.example/?c=Paris%20%26%20Rom&amp;e=Paris+%26+Rom\">x</a>",
        "{% capture url %}https://shop.example/{{ profile.first_name }}{% endcapture %}<a href=\"https://track.example/?to={{ url }}\">x</a>~<a href=\"https://track.example/?to=https%3A%2F%2Fshop.example%2FAda\">x</a>",
        "{% assign s = \"\" %}{% for i in profile.interests %}{% capture s %}{{ s }}<li>{{ i }}</li>{% endcapture %}{% endfor %}{{ s }}~<li>books</li><li>tea</li>",
        // Counters
        "{% increment n %}{% increment n %}{% decrement m %}{{ n }}~01-12",
        "{% assign n = 7 %}{% increment n %}{{ n }}~07",
        // Tables
        "<table>{% assign l = \"1,2,3\" | split: \",\" %}{% tablerow i in l cols:2 %}{{ i }}{% endtablerow %}</table>~<table><tr class=\"row1\"><td class=\"col1\">1</td><td class=\"col2\">2</td></tr><tr class=\"row2\"><td class=\"col1\">3</td></tr></table>",
        "<table>{% tablerow i in profile.interests limit:1 %}{{ i }}{{ tablerowloop.first }}{% endtablerow %}</table>~<table><tr class=\"row1\"><td class=\"col1\">bookstrue</td></tr></table>",
        "<table>{% tablerow i in profile.none cols:2 %}{{ i }}{% endtablerow %}</table>~<table></table>",
        // Statements line by line
        "`{% liquid\n  # a comment\n  assign a = profile.first_name | upcase\n  if a == \"ADA\"\n    echo a\n  else\n    echo \"x\"\n  endif\n  comment\n    echo nothing\n  endcomment\n%}!`~ADA!",
        // Variables
        "{% assign x = profile.first_name | upcase %}{{ x }}~ADA",
        "{% assign x = events.product_viewed | last %}{{ x.product }}~hat",
        "{% assign parts = \"a,b,c\" | split: \",\" %}{{ parts.size }}{{ parts.last }}~3c",
        // Filters, with the results that the reference shows
        "{{ -17 | abs }}~17",
        "{{ \"/my/fancy/url\" | append: \".html\" }}~/my/fancy/url.html",
        "{{ 4 | at_least: 5 }}{{ 4 | at_most: 3 }}~53",
        "{{ \"title\" | capitalize }}~Title",
        "{{ 1.2 | ceil }}{{ 1.2 | floor }}~21",
        "{{ profile.nothing | default: 2.99 }}~2.99",
        "{{ 16 | divided_by: 4 }} {{ 5 | divided_by: 3 }} {{ 20 | divided_by: 7.0 | round: 2 }}~4 1 2.86",
        "[{{ 16 | divided_by: 0 }}]~[]",
        "{{ \"Parker Moore\" | downcase }} {{ \"Parker Moore\" | upcase }}~parker moore PARKER MOORE",
        "{{ \"Ground control to Major Tom.\" | split: \" \" | first }}~Ground",
        "{{ \"John, Paul\" | split: \", \" | join: \" and \" }}~John and Paul",
        "[{{ \"   So much   \" | lstrip }}][{{ \"   So much   \" | rstrip }}][{{ \"  x  \" | strip }}]~[So much   ][   So much][x]",
        "{{ 4 | minus: 2 }} {{ 4 | plus: 2 }} {{ 3 | times: 2 }} {{ 3 | modulo: 2 }}~2 6 6 1",
        "{{ \"apples\" | prepend: \"Some \" }}~Some apples",
        "{{ \"I strained to see the train through the rain\" | remove: \"rain\" }}~I sted to see the t through the ",
        "{{ \"I sted the rain rain\" | remove_first: \"rain\" }}~I sted the  rain",
        "{{ \"Take my protein pills and put my helmet on\" | replace: \"my\", \"your\" }}~Take your protein pills and put your helmet on",
        "{{ \"my my\" | replace_first: \"my\", \"your\" }}~your my",
        "{{ \"a,b\" | split: \",\" | reverse | join: \",\" }}~b,a",
        "{{ 1.2 | round }} {{ 2.7 | round }} {{ 183.357 | round: 2 }}~1 3 183.36",
        "{{ \"Ground control\" | size }}~14",
        "{{ \"Liquid\" | slice: 0 }}{{ \"Liquid\" | slice: 2, 3 }}~Lqui",
        "{{ \"zebra,octopus,giraffe\" | split: \",\" | sort | join: \",\" }}~giraffe,octopus,zebra",
        "{{ \"Ground control to Major Tom.\" | truncate: 20 }}~Ground control to...",
        "{{ \"Ground control to Major Tom.\" | truncatewords: 3 }}~Ground control to...",
        "{{ \"a,b,a\" | split: \",\" | uniq | join: \",\" }}~a,b",
        "{{ \"john@liquid.com\" | url_encode }}~john%40liquid.com",
        "{{ profile.last_active_at | date: \"%a, %b %-d, %y\" }}~Sun, Feb 28, 27",
        "{{ profile.last_active_at | date }}~February 28, 2027",
        "{{ \"now\" | date: \"%Y-%m-%d %H:%M\" }}~2027-03-01 09:30",
        "{{ profile.lifetime_value | number }}~5,000",
        "{{ profile.lifetime_value | money: \"EUR\" }}~€5,000.00"
      })
  void isAsTheReferenceSays(String source, String expected) {
    assertThat(SampleMail.html(TemplateEngine.Liquid, source)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{{ profile.ctiy }}~error spec.html 1:1: unknown attribute \"ctiy\"; did you mean \"city\"?",
        "{{ profile.city.length }}~error spec.html 1:1: \"profile.city\" is one value and has no parts; write profile.city.size",
        "{{ profile.city | newline_to_br | upcase }}~error spec.html 1:1: \"newline_to_br\" makes HTML; write it as the last filter",
        "{{ first_name }}~error spec.html 1:1: unknown name \"first_name\"; did you mean \"profile.first_name\"?",
        "{% for e in events.product_viewed %}{{ e.pric }}{% endfor %}~error spec.html 1:37: an item of \"events.product_viewed\" has no \"pric\"; did you mean \"price\"?",
        "{% for c in profile.city %}{% endfor %}~error spec.html 1:1: \"profile.city\" is not a list; write {% if %}",
        "{% case profile.city %}{% cycle 'a', 'b' %}{% when 'x' %}y{% endcase %}~error spec.html 1:24: only {% when %} can follow {% case %}; move it behind {% when %}",
        "{% if profile.city %}x~error spec.html 1:1: block {% if %} is not closed; close it with {% endif %}",
        "{% endif %}~error spec.html 1:1: {% endif %} closes a block that was not opened; remove it",
        "{{ profile.email | upcas }}~error spec.html 1:1: unknown filter \"upcas\"; did you mean \"upcase\"?",
        "{{ profile.email | append }}~error spec.html 1:1: \"append\" takes 1 value and is given 0; add what is missing",
        "{% include \"/etc/passwd\" %}~error spec.html 1:1: partial \"/etc/passwd\" is not declared; declare it in spec.partials",
        "{% capture x %}y~error spec.html 1:1: block {% capture %} is not closed; close it with {% endcapture %}",
        "{% capture x %}<b>y</b>{% endcapture %}<p title='{{ x }}'>~error spec.html 1:50: {{v_mail_x}} holds HTML, and stands where only text can; capture plain text for this place, without tags and entities",
        "{% capture x %}<b>y</b>{% endcapture %}{{ x | upcase }}~error spec.html 1:40: \"upcase\" would cut through the tags of \"v_mail_x\"; capture plain text, or use the filter inside of the capture",
        "{% if profile.is_vip %}{% assign x = profile.email %}{% else %}{% capture x %}<b>y</b>{% endcapture %}{% endif %}{{ x }}~error spec.html 1:87: \"x\" holds HTML or an address at one place and data at another; take another name for one of them",
        "{% capture x %}{{ profile.email }}{% endcapture %}{{ x | raw }}~error spec.html 1:51: \"profile.email\" is data about people and must be escaped in HTML; write it without | raw",
        "{% capture x %}{{ profile.email }}{% endcapture %}<p style='{{ x }}'>~error spec.html 1:61: {{v_mail_x}} stands in CSS, where HTML escaping does not contain data about people; choose between classes with a section, or use a content slot",
        "{% ifchanged %}~error spec.html 1:1: unknown tag \"ifchanged\"; keep the value before with {% assign %} and compare",
        "{% unsubscribe %}~error spec.html 1:1: unknown tag \"unsubscribe\"; write <a href=\"{{ links.unsubscribe }}\">Unsubscribe</a>",
        "{{ profile.orders | money_with_currency }}~error spec.html 1:1: unknown filter \"money_with_currency\"; use money",
        "{{ profile.orders | money }}~error spec.html 1:1: money needs a currency; write | money: \"EUR\", or set spec.currency of the ProfileStore",
        "{% tablerow i in (1..2) %}{% endtablerow %}~error spec.html 1:1: {% tablerow %} goes through a list; name one, or write {% for %}",
        "{% tablerow i in profile.interests %}{% break %}{% endtablerow %}~error spec.html 1:38: {% break %} stands outside of any {% for %}; remove it",
        "{% iff profile.city %}~error spec.html 1:1: unknown tag \"iff\"; did you mean \"if\"?",
        "{{ profile.email | raw }}~error spec.html 1:1: \"profile.email\" is data about people and must be escaped in HTML; write it without | raw",
        "{% assign x = profile.email %}{{ x | raw }}~error spec.html 1:31: \"profile.email\" is data about people and must be escaped in HTML; write it without | raw",
        "{% assign x = profile.email %}<a style=\"{{ x }}\">~error spec.html 1:41: {{v_mail_x}} stands in CSS, where HTML escaping does not contain data about people; choose between classes with a section, or use a content slot",
        "{% assign profile = 1 %}~error spec.html 1:1: \"profile\" cannot be assigned; take another name",
        "{{ profile.is_vip | date }}~error spec.html 1:1: \"date\" does not fit \"profile.is_vip\": that is of type Boolean, and not a time; show it without date"
      })
  void saysWhatIsWrongAtItsPlace(String source, String expected) {
    assertThat(SampleMail.findings(TemplateEngine.Liquid, source)).contains(expected);
  }

  @Test
  void valuesInAddressesAreEncoded() {
    assertThat(
            SampleMail.html(
                TemplateEngine.Liquid,
                "<a href=\"https://x.example/?q={{ profile.city }}&n={{ profile.first_name | upcase }}\">x</a>"))
        .isEqualTo("<a href=\"https://x.example/?q=Paris%20%26%20Rom&n=ADA\">x</a>");
  }

  @ParameterizedTest
  @CsvSource({
    "{% assign s = s | append: s %},TooMuchWork",
    "{% capture s %}{{ s }}{{ s }}{% endcapture %},OutputTooLarge"
  })
  void textThatDoublesInALoopIsStopped(String doubling, RenderException.Reason reason) {
    // given
    CompiledTemplate template =
        Templates.body(
                "{% assign s = \"aaaaaaaaaaaaaaaa\" %}{% for i in (1..100) %}"
                    + doubling
                    + "{% endfor %}")
            .engine(TemplateEngine.Liquid)
            .compile()
            .template();

    // then
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Templates.render(template, java.util.Map.of(), java.util.Map.of()))
        .isInstanceOfSatisfying(
            RenderException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void whatIsCapturedStandsInTheTextPartToo() {
    // given
    Templates template =
        Templates.body(
                "{% capture who %}<b>{{ profile.city }}</b>{% endcapture %}"
                    + "<p>Hello {{ who }}</p><p>{% increment n %}. and {% increment n %}.</p>"
                    + "<table>{% tablerow i in profile.interests cols:1 %}{{ i }}{% endtablerow %}</table>")
            .engine(TemplateEngine.Liquid)
            .defaultFor("city", "Rome");

    // when
    String text =
        template.render(Map.of("city", "A & B", "interests", List.of("x", "y")), Map.of()).text();

    // then
    assertThat(text).startsWith("Hello A & B\n\n0. and 1.\n\nx\n\ny\n");
  }

  @Test
  void amountsAreInTheCurrencyOfTheStore() {
    // given
    ProfileSchema schema = Templates.schema().in("CHF");

    // then
    assertThat(SampleMail.money(schema, TemplateEngine.Liquid, "{{ profile.orders | money }}"))
        .isEqualTo("CHF7.00");
    assertThat(SampleMail.money(schema, TemplateEngine.Handlebars, "{{money profile.orders}}"))
        .isEqualTo("CHF7.00");
    assertThat(
            SampleMail.money(
                schema, TemplateEngine.Mustache, "{{#money}}{{profile.orders}}{{/money}}"))
        .isEqualTo("CHF7.00");
  }
}

package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://crm.shop.svc:5432/crm",
        "jdbc:postgresql://a:5432,b:5432/crm?targetServerType=preferSecondary&currentSchema=shop",
        "jdbc:postgresql://[::1]:5432/crm",
        "jdbc:mariadb://db/shop?tinyInt1isBit=false",
        "jdbc:mysql://db:3306/shop",
        "jdbc:trino://trino:8443/hive/shop?clientTags=mail"
      })
  void a_url_says_where_the_rows_are(String url) {
    assertThat(JdbcUrl.problem(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/crm?socketFactory=org.example.Evil&socketFactoryArg=x",
        "jdbc:postgresql://db/crm?sslmode=disable",
        "jdbc:postgresql://db/crm?SSLMODE=disable",
        "jdbc:postgresql://db/crm?%73slmode=disable",
        "jdbc:postgresql://db/crm?options=-c%20default_transaction_read_only=off",
        "jdbc:postgresql://db/crm?currentSchema=a&user=root",
        "jdbc:postgresql://db/crm?currentSchema",
        "jdbc:postgresql://db/crm?=x",
        "jdbc:postgresql://user:secret@db/crm",
        "jdbc:mariadb://db/shop?tinyInt1isBit=false&allowLocalInfile=true",
        "jdbc:mariadb://address=(host=db)(sslMode=disable)/shop",
        "jdbc:mariadb:replication://db/shop",
        "jdbc:mysql://db/shop;sessionVariables=x",
        "jdbc:mysql://db/shop?allowMultiQueries=true",
        "jdbc:mysql://db//allowLoadLocalInfile=true",
        "jdbc:trino://db/hive?dnsResolver=org.example.Evil",
        "jdbc:trino://db/hive?KerberosKeytabPath=/etc/passwd",
        "jdbc:trino://db/hive?httpProxy=evil:80",
        "jdbc:h2:mem:x",
        "jdbc:",
        "https://db"
      })
  void a_url_says_nothing_else(String url) {
    assertThat(JdbcUrl.problem(url)).isPresent();
  }

  @Test
  void a_parameter_is_named_and_its_value_is_not() {
    assertThat(JdbcUrl.problem("jdbc:postgresql://db/crm?password=geheim"))
        .hasValueSatisfying(
            problem ->
                assertThat(problem.message() + problem.fix())
                    .contains("\"password\"", "credentialsSecretRef")
                    .doesNotContain("geheim"));
    assertThat(JdbcUrl.problem("jdbc:postgresql://db/crm?curentSchema=shop"))
        .hasValueSatisfying(
            problem -> assertThat(problem.fix()).isEqualTo("did you mean \"currentSchema\"?"));
  }

  @Test
  void a_long_url_is_judged_without_recursion() throws Exception {
    String[] urls = {
      "jdbc:postgresql://" + "a.".repeat(500_000),
      "jdbc:postgresql://db/" + "a(".repeat(500_000),
      "jdbc:postgresql://db/crm?" + "currentSchema=a&".repeat(100_000)
    };
    Throwable[] thrown = new Throwable[1];
    Thread small =
        new Thread(
            null,
            () -> {
              for (String url : urls) {
                JdbcUrl.problem(url);
              }
            },
            "small stack",
            256 * 1024);
    small.setUncaughtExceptionHandler((thread, failure) -> thrown[0] = failure);
    small.start();
    small.join();
    assertThat(thrown[0]).isNull();
  }
}

package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CronSchedule(String cron, String timeZone) {

  public CronSchedule {
    timeZone = Absent.or(timeZone, "Etc/UTC");
  }
}

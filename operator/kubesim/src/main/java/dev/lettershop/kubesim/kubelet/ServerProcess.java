package dev.lettershop.kubesim.kubelet;

import java.util.List;
import java.util.Map;

/**
 * How containers of one name are run that are to serve for good.
 *
 * @param command what is run in place of the image; the container's arguments follow
 * @param portVariables environment variable that tells the process its port, by the port's name:
 *     all Pods share one machine, so that each gets free ports
 * @param environment further variables
 */
public record ServerProcess(
    List<String> command, Map<String, String> portVariables, Map<String, String> environment) {
  public ServerProcess {
    command = List.copyOf(command);
    portVariables = Map.copyOf(portVariables);
    environment = Map.copyOf(environment);
  }
}

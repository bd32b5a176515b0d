package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.model.RemoteModel;
import dev.lettershop.models.ModelWork;
import dev.lettershop.models.remote.ModelServer;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.http.JsonPoster;
import dev.lettershop.worker.RunException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Reaches the server of a remote model over HTTP. The servers end with this. */
public final class HttpModelServers implements ModelWork.RemoteServers, AutoCloseable {
  private final String resource;
  private final Secrets secrets;
  private final List<JsonPoster> open = new ArrayList<>();

  /**
   * @param model its name, for messages
   */
  public HttpModelServers(String model, Secrets secrets) {
    this.resource = "Model/" + model + " ";
    this.secrets = secrets;
  }

  @Override
  public ModelServer of(RemoteModel remote) {
    Credentials credentials =
        (field, secret, key) -> secrets.require(resource + field, secret, key);
    try {
      JsonPoster poster =
          JsonPoster.of(
              new JsonPoster.Target(
                  "spec.remote",
                  remote.url(),
                  remote.auth(),
                  remote.timeout(),
                  remote.allowPrivateAddresses()),
              credentials,
              SourceConnectors.BACKOFF,
              HttpModelServers::waiting);
      open.add(poster);
      return (path, json) -> post(poster, path, json);
    } catch (ConnectorException e) {
      throw misconfigured(e);
    }
  }

  private ModelServer.Reply post(JsonPoster poster, String path, byte[] json) throws IOException {
    try {
      JsonPoster.Reply reply = poster.post(path, json);
      return new ModelServer.Reply(reply.status(), reply.body(), reply.retryAfter());
    } catch (ConnectorException e) {
      if (e.isTemporary()) {
        throw new IOException(e.getMessage(), e);
      }
      throw misconfigured(e);
    }
  }

  private RunException misconfigured(ConnectorException e) {
    return RunException.configuration(
        resource + e.field() + ": " + e.getMessage() + (e.fix() == null ? "" : "; " + e.fix()), e);
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  private static void waiting(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  @Override
  public void close() {
    open.forEach(JsonPoster::close);
  }
}

package dev.lettershop.controller.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;

/**
 * Reads custom resources that a newer version may have written: a field that is not known is left
 * out and noted, and an object that cannot be read comes without its spec, so that it never keeps
 * others from being seen. CRDs can be newer than a controller during an upgrade, after a rollback,
 * and where several releases share a cluster.
 *
 * @see OwnershipLabels#unknownFields
 * @see OwnershipLabels#unreadable
 */
public final class TolerantReader extends SimpleModule {
  private static final long serialVersionUID = 1L;

  public TolerantReader() {
    super("tolerant-reading");
    setDeserializerModifier(new CustomResources());
  }

  /** For clients that are not made by Quarkus. */
  public static KubernetesSerialization serialization() {
    return new KubernetesSerialization(
        new ObjectMapper().registerModule(new TolerantReader()), true);
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addDeserializationProblemHandler(new UnknownFields());
  }

  private static final class CustomResources extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
      return CustomResource.class.isAssignableFrom(bean.getBeanClass())
          ? new TolerantDeserializer(deserializer)
          : deserializer;
    }
  }

  /** Notes fields that nobody knows while a custom resource is read; elsewhere they are errors. */
  private static final class UnknownFields extends DeserializationProblemHandler {
    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        JsonDeserializer<?> deserializer,
        Object beanOrClass,
        String name)
        throws IOException {
      boolean noted = TolerantDeserializer.note(context, parser, name);
      if (noted) {
        parser.skipChildren();
      }
      return noted;
    }
  }
}

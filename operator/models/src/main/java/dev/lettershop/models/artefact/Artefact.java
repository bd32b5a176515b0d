package dev.lettershop.models.artefact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.models.cluster.Groups;
import dev.lettershop.models.recommend.Neighbours;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One version of a model: all that scoring needs, and no person. It is written as compressed JSON
 * and read into these records only, so that whoever can write the table cannot run anything by it.
 *
 * @param chances null for other kinds of models
 * @param groups null for other kinds of models
 * @param neighbours what goes with what; null for other kinds of models
 * @param spreads of the features of those that were learnt from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Artefact(
    int format,
    Recipe recipe,
    Chances chances,
    Groups groups,
    Neighbours neighbours,
    List<FeatureDistribution> spreads) {
  /** The one that this version of Lettershop writes and reads. */
  public static final int FORMAT = 1;

  private static final int MOST_BYTES = 256 << 20;

  private static final JsonMapper MAPPER =
      JsonMappers.PLAIN.rebuild().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public Artefact {
    long kinds = Stream.of(chances, groups, neighbours).filter(Objects::nonNull).count();
    if (kinds != 1 || recipe == null) {
      throw new IllegalArgumentException(
          "A version has one of chances, groups and neighbours, and a recipe");
    }
    spreads = List.copyOf(spreads);
    boolean fits =
        spreads.size() == recipe.features().size()
            && (groups == null || groups.scales().size() == spreads.size())
            && (chances == null
                || chances.logistic() == null
                || chances.logistic().scales().size() == spreads.size());
    if (!fits) {
      throw new IllegalArgumentException("The parts of a version are of different features");
    }
  }

  public static Artefact ofChances(
      Recipe recipe, Chances chances, List<FeatureDistribution> spreads) {
    return new Artefact(FORMAT, recipe, chances, null, null, spreads);
  }

  public static Artefact ofGroups(Recipe recipe, Groups groups, List<FeatureDistribution> spreads) {
    return new Artefact(FORMAT, recipe, null, groups, null, spreads);
  }

  public static Artefact ofNeighbours(Recipe recipe, Neighbours neighbours) {
    return new Artefact(FORMAT, recipe, null, null, neighbours, List.of());
  }

  /** Equal versions give equal bytes. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      MAPPER.writeValue(out, this);
    } catch (IOException e) {
      throw new IllegalStateException("A version is plain data and must serialise", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when the bytes are not a version of this format
   */
  public static Artefact of(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] json = in.readNBytes(MOST_BYTES + 1);
      if (json.length > MOST_BYTES) {
        throw new IllegalArgumentException("This version expands to more than 256 MiB");
      }
      Artefact artefact = MAPPER.readValue(json, Artefact.class);
      if (artefact.format != FORMAT) {
        throw new IllegalArgumentException(
            "This version has format "
                + artefact.format
                + ", this version of Lettershop reads format "
                + FORMAT
                + "; train the model again");
      }
      return artefact;
    } catch (IOException e) {
      throw new IllegalArgumentException("This is not a version of a model; train it again", e);
    }
  }
}

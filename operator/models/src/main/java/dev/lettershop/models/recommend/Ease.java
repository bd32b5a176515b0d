package dev.lettershop.models.recommend;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * A linear model of all items at once (EASE, Steck 2019): the weights by which each person's
 * purchases say each other best, none by itself. Needs 24 bytes for each two items.
 */
public final class Ease {
  private static final double RIDGE = 100;
  private static final int NEIGHBOURS = 200;

  private Ease() {}

  /**
   * @param ids of the items that were counted, in their order
   */
  public static Neighbours learn(List<String> ids, PairCounts counts) {
    int items = counts.items();
    DMatrixRMaj gram = new DMatrixRMaj(items, items);
    for (int i = 0; i < items; i++) {
      for (int j = 0; j < items; j++) {
        gram.unsafe_set(i, j, counts.of(i, j) + (i == j ? RIDGE : 0));
      }
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(items);
    if (!solver.setA(gram)) {
      throw new IllegalStateException("Counts of pairs make a positive definite matrix");
    }
    DMatrixRMaj inverse = new DMatrixRMaj(items, items);
    solver.invert(inverse);
    return Neighbours.of(
        ids,
        NEIGHBOURS,
        (bought, other) -> -inverse.unsafe_get(bought, other) / inverse.unsafe_get(other, other));
  }
}

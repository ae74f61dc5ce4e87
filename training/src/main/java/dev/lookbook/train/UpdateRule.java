package dev.lookbook.train;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** How one tensor follows its gradient. Called without autograd, inside a pointer scope. */
sealed interface UpdateRule permits AdamRule, MuonRule, SgdRule {

    /**
     * Updates the tensor in place; may overwrite {@code gradient}.
     *
     * @param step from 0
     */
    void update(Tensor gradient, double rate, long step);

    /** What is remembered between steps. */
    Map<String, Tensor> state();
}

package dev.lookbook.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Moves a network's trained variables along their gradients; what it remembers between steps are named tensors. */
final class Optimizer {
    private final Map<Variable, UpdateRule> rules = new LinkedHashMap<>();
    private final TrainSettings settings;

    Optimizer(List<Variable> variables, TrainSettings settings) {
        this.settings = settings;
        for (Variable variable : variables) {
            if (variable.isTrained()) {
                rules.put(variable, rule(variable));
            }
        }
    }

    private UpdateRule rule(Variable variable) {
        boolean decayed = variable.role() != Variable.Role.BIAS;
        double decay = decayed ? settings.weightDecay() : 0;
        boolean isKernel =
                variable.role() == Variable.Role.FILTER && variable.value().dim() == 4;
        return switch (settings.optimizer()) {
            case "adam" -> new AdamRule(variable.value(), decay);
            case "muon" -> isKernel ? new MuonRule(variable.value()) : sgd(variable, decay);
            default -> sgd(variable, decay);
        };
    }

    private UpdateRule sgd(Variable variable, double decay) {
        return new SgdRule(variable.value(), settings.momentum(), decay);
    }

    /** One update from the gradients that lie at the variables, which are dropped afterwards. */
    void step(long step, double rateShare) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            rules.forEach((variable, rule) -> {
                Tensor gradient = variable.value().mutable_grad();
                rule.update(gradient, rate(variable, rule) * rateShare, step);
                gradient.reset();
            });
        }
    }

    private double rate(Variable variable, UpdateRule rule) {
        if (rule instanceof MuonRule) {
            return settings.muonRate();
        }
        return settings.learningRate() * (variable.role() == Variable.Role.BIAS ? settings.biasRate() : 1);
    }

    /** What is remembered between steps, by name; a resumed run writes the saved values into these tensors. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        rules.forEach((variable, rule) ->
                rule.state().forEach((key, tensor) -> state.put("optimizer." + variable.name() + "." + key, tensor)));
        return state;
    }
}

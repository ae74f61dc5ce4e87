"""One network's training: schedule, choice of pictures, optimiser, and the CUDA graph that makes a step cheap."""

import math
from contextlib import nullcontext

import torch
import torch.nn.functional as F

from images import DEVICE, ON_GPU, augment, cut_and_mix
from network import PRECISION, Network

if ON_GPU:
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = True


def schedule(settings):
    """The learning rate of each step as a share of its peak: up from a fifth, then down to the final one."""
    done = torch.arange(settings.steps, dtype=torch.float64) / settings.steps
    up = 0.2 + 0.8 * done / settings.warmup
    fall = ((done - settings.warmup) / (1 - settings.warmup)).clamp(0, 1)
    if settings.cosine:
        fall = (1 - torch.cos(math.pi * fall)) / 2
    return torch.where(done < settings.warmup, up, 1 - (1 - settings.final_rate) * fall).float().to(DEVICE)


def orthogonal(matrix):
    """Roughly the nearest (semi-)orthogonal matrix, by Newton-Schulz iterations (Muon, Keller Jordan, 2024)."""
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.t() if tall else matrix
    x = (x / (x.norm() + 1e-7)).to(PRECISION)
    for _ in range(3):
        square = x @ x.t()
        polynomial = torch.addmm(square, square, square, beta=-4.7750, alpha=2.0315)
        x = torch.addmm(x, polynomial, x, beta=3.4445)
    return (x.t() if tall else x).float()


class Run:
    """A network in training, on a CUDA stream of its own.

    Whatever changes from step to step is a tensor on the device: a step is captured once as a CUDA graph and then only
    replayed, since small networks' steps would otherwise take longer to launch than to compute.
    """

    def __init__(self, name, settings, images, teacher=None):
        self.name, self.settings, self.images, self.teacher = name, settings, images, teacher
        self.stream = torch.cuda.Stream() if ON_GPU else None
        generator = torch.Generator().manual_seed(settings.seed)
        self.network = Network(settings, images, generator)
        self.weights = self.network.weights
        self.averaged = self.weights.copy() if settings.ema else None
        self.velocities = [torch.zeros_like(p) for p in self.weights.trained()]
        self.rate_shares = schedule(settings)
        self.first_mirrored = torch.randint(0, 2, (images.count,), generator=generator).to(DEVICE)
        self.one_hot = torch.eye(10, device=DEVICE)
        self.places = torch.arange(settings.batch, device=DEVICE)
        self.order = torch.randperm(images.count, device=DEVICE)
        self.step_number = torch.zeros(1, dtype=torch.long, device=DEVICE)
        self.position = torch.zeros((), dtype=torch.long, device=DEVICE)
        self.passes = torch.zeros((), dtype=torch.long, device=DEVICE)
        self.confidence = torch.zeros(images.count, device=DEVICE)
        self.loss_sum = torch.zeros((), device=DEVICE)
        self.accuracy_sum = torch.zeros((), device=DEVICE)
        self.done, self.summed_from = 0, 0
        self.left_in_pass = images.count // settings.batch
        self.graph, self.chunks = None, []

    def step(self):
        settings = self.settings
        chosen = self.order[self.position + self.places]
        labels = self.images.labels[chosen]
        mirrored = ((self.first_mirrored[chosen] + self.passes) & 1).bool()
        active = self.step_number < int(settings.steps * (1 - settings.plain_end))
        batch = augment(self.images, chosen, mirrored, settings, active)
        targets = self.one_hot[labels] * (1 - settings.label_smoothing) + settings.label_smoothing / 10
        if settings.cutmix:
            batch, targets = cut_and_mix(batch, targets, settings.cutmix, active)
        inputs = self.images.input(batch)
        if self.teacher:
            with torch.no_grad():
                taught = F.softmax(self.teacher.logits(inputs), 1)
            targets = targets * (1 - settings.teacher_share) + taught * settings.teacher_share
        logits = self.network.logits(inputs, training=True)
        log_probabilities = F.log_softmax(logits, 1)
        loss = -(targets * log_probabilities).sum(1).mean()
        gradients = torch.autograd.grad(loss, self.weights.trained())
        with torch.no_grad():
            self.confidence.index_copy_(0, chosen, log_probabilities.gather(1, labels[:, None])[:, 0].exp())
            self.loss_sum.add_(loss)
            self.accuracy_sum.add_((logits.argmax(1) == labels).float().mean())
            self.update(gradients)
            if self.averaged:
                for average, now in zip(self.averaged.all(), self.weights.all()):
                    average.lerp_(now, 1 - settings.ema)
            self.step_number += 1
            self.position += settings.batch

    def update(self, gradients):
        """Nesterov's SGD; with `muon` the filters' updates are orthogonal and their length is set, not decayed."""
        settings = self.settings
        share = self.rate_shares.index_select(0, self.step_number)
        filters = len(self.weights.filters)
        for i, (value, gradient, velocity) in enumerate(zip(self.weights.trained(), gradients, self.velocities)):
            if settings.optimizer == "muon" and i < filters:
                velocity.mul_(settings.muon_momentum).add_(gradient)
                gradient = gradient + velocity * settings.muon_momentum
                value.mul_(math.sqrt(len(value)) / value.norm())
                # In channels-last memory this order of a matrix's columns costs no copy.
                update = orthogonal(gradient.permute(0, 2, 3, 1).reshape(len(value), -1))
                update = update.reshape(len(value), 3, 3, -1).permute(0, 3, 1, 2)
                value.sub_(update * (settings.muon_rate * share))
            else:
                is_bias = filters <= i < 2 * filters
                if not is_bias:
                    gradient = gradient + value * settings.weight_decay
                velocity.mul_(settings.momentum).add_(gradient)
                gradient = gradient + velocity * settings.momentum
                rate = settings.learning_rate * (settings.bias_rate if is_bias else 1)
                value.sub_(gradient * (rate * share))

    def on_stream(self):
        return torch.cuda.stream(self.stream) if ON_GPU else nullcontext()

    def capture(self):
        """Records a step. torch.cuda.graph would do it in a line, but waits until all other runs' work is done."""
        if not ON_GPU:
            return
        changed = [*self.weights.all(), *self.velocities, *(self.averaged.all() if self.averaged else [])]
        changed += [self.step_number, self.position, self.confidence, self.loss_sum, self.accuracy_sum]
        self.stream.wait_stream(torch.cuda.current_stream())
        with self.on_stream():
            before = [tensor.detach().clone() for tensor in changed]
            for _ in range(2):  # libraries choose their algorithms in the first steps
                self.step()
            self.graph = torch.cuda.CUDAGraph()
            self.graph.capture_begin(capture_error_mode="thread_local")
            try:
                self.step()
            finally:
                self.graph.capture_end()
            with torch.no_grad():
                for tensor, value in zip(changed, before):
                    tensor.copy_(value)

    def new_pass(self):
        """Chooses the next pass's pictures: those the network was least sure of and some others (arXiv 1910.00762)."""
        hard = int(self.settings.hard_share * self.images.count)
        by_confidence = self.confidence.argsort()
        others = by_confidence[hard:]
        easy = int(self.settings.easy_share * len(others))
        chosen = torch.cat([by_confidence[:hard], others[torch.randperm(len(others), device=DEVICE)[:easy]]])
        self.order[: len(chosen)] = chosen[torch.randperm(len(chosen), device=DEVICE)]
        self.position.zero_()
        self.passes += 1
        self.left_in_pass = len(chosen) // self.settings.batch

    def advance(self, most):
        """Queues up to so many steps. Loss and accuracy are summed from the first call in the last 5% of the run on.

        Where no call falls in there, they are summed over the whole run.
        """
        steps = self.settings.steps
        with self.on_stream():
            if self.summed_from == 0 and self.done >= steps - max(1, steps // 20):
                self.summed_from = self.done
                self.loss_sum.zero_()
                self.accuracy_sum.zero_()
            for _ in range(min(most, steps - self.done)):
                if self.left_in_pass == 0:
                    self.new_pass()
                if ON_GPU:
                    self.graph.replay()
                else:
                    self.step()
                self.left_in_pass -= 1
                self.done += 1
        if ON_GPU:
            self.chunks.append(self.stream.record_event())

    def pending(self):
        """How many calls of `advance` the device has not worked off yet."""
        while self.chunks and self.chunks[0].query():
            self.chunks.pop(0)
        return len(self.chunks)

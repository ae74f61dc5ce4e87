"""The networks: a fixed whitening stem, stages of 3x3 convolutions with residual blocks, a linear head."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from images import DEVICE, ON_GPU

PRECISION = torch.bfloat16 if ON_GPU else torch.float32
RUNNING_SHARE = 0.3  # of the newest batch in batch normalisation's running figures: short runs need quick ones
HEAD_SCALE = 1 / 9


@dataclass
class Weights:
    """Parameters, and the running figures of batch normalisation, which has biases but no scales."""

    filters: list
    biases: list
    head: torch.Tensor
    means: list
    variances: list

    def trained(self):
        return [*self.filters, *self.biases, self.head]

    def all(self):
        return [*self.trained(), *self.means, *self.variances]

    def copy(self):
        def copies(tensors):
            return [tensor.detach().clone() for tensor in tensors]

        head = self.head.detach().clone()
        return Weights(copies(self.filters), copies(self.biases), head, copies(self.means), copies(self.variances))


def initial_filters(width, channels, generator):
    """Passes channels on unchanged as far as there are filters for it, the rest is uniform (arXiv 1706.00388)."""
    filters = (torch.rand(width, channels, 3, 3, generator=generator) * 2 - 1) / math.sqrt(channels * 9)
    for i in range(min(width, channels)):
        filters[i] = 0
        filters[i, i, 1, 1] = 1
    return filters.to(DEVICE).contiguous(memory_format=torch.channels_last).requires_grad_()


class Network:
    def __init__(self, settings, images, generator):
        self.settings = settings
        stem_size = 4 if settings.stem_stride == 2 else 3
        self.stem = [t.to(PRECISION) for t in images.whitening(stem_size, settings.stem_patterns)]
        channels = 2 * settings.stem_patterns
        filters, self.pools, self.residual = [], [], []
        for stage, (width, blocks) in enumerate(zip(settings.widths, settings.blocks, strict=True)):
            for block in range(blocks + 1):
                pools = block == 0 and stage > 0 and (settings.pools is None or settings.pools[stage - 1])
                self.pools.append(pools)
                self.residual.append(block > 0)
                filters.append(initial_filters(width, channels, generator))
                channels = width
        features = channels * (2 if settings.head == "both" else 1)
        head = torch.randn(10, features, generator=generator) / math.sqrt(features)
        self.ones = [torch.ones(len(f), device=DEVICE) for f in filters]
        zeros = [torch.zeros_like(one) for one in self.ones]
        self.weights = Weights(
            filters=filters,
            biases=[zero.clone().requires_grad_() for zero in zeros],
            head=head.to(DEVICE).requires_grad_(),
            means=zeros,
            variances=[one.clone() for one in self.ones],
        )

    def logits(self, x, weights=None, training=False):
        """[batch][10] for images [batch][1][28][28], with the network's own weights or with others."""
        settings = self.settings
        weights = weights or self.weights
        kernels, biases = self.stem
        x = F.relu(F.conv2d(x.to(PRECISION), kernels, biases, stride=settings.stem_stride, padding=1))
        x = x.contiguous(memory_format=torch.channels_last)
        layers = zip(weights.filters, weights.biases, weights.means, weights.variances, self.ones)
        for i, (filters, bias, mean, variance, ones) in enumerate(layers):
            if self.pools[i]:
                x = F.max_pool2d(x, 2, ceil_mode=settings.pool_last_row)
            y = F.conv2d(x, filters.to(PRECISION), padding=1)
            y = F.relu(F.batch_norm(y, mean, variance, ones, bias, training, RUNNING_SHARE, 1e-5))
            if self.residual[i] and training and settings.block_dropout:
                kept = torch.rand(len(y), 1, 1, 1, device=DEVICE) >= settings.block_dropout
                y = y * (kept / (1 - settings.block_dropout)).to(y.dtype)
            x = x + y if self.residual[i] else y
        features = self.features(x)
        if training and settings.dropout:
            features = F.dropout(features, settings.dropout)
        return (features.float() @ weights.head.t()) * HEAD_SCALE

    def features(self, x):
        if self.settings.head == "max":
            return F.adaptive_max_pool2d(x, 1).flatten(1)
        if self.settings.head == "average":
            return x.float().mean((2, 3)) * 3
        return torch.cat([F.adaptive_max_pool2d(x, 1).flatten(1), x.mean((2, 3)) * 3], 1)

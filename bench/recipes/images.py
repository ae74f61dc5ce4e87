"""Fashion-MNIST's training images, some of them held out to score on, and what is done to a batch of the others.

The test set is never read.
"""

import gzip
import math
from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
ON_GPU = DEVICE.type == "cuda"
DIRECTORY = Path(__file__).resolve().parents[2] / "data" / "fashion-mnist"
SIDE = 28
MARGIN = 4  # black pixels stored around each training image, from which shifts fetch what moves in
SMALLEST_HOLE = 4
PIXELS = torch.arange(SIDE, device=DEVICE)


def read(file, header):
    with gzip.open(DIRECTORY / file) as stream:
        return np.frombuffer(stream.read(), np.uint8)[header:]


class Images:
    """All runs share one split: differences between recipes are then not those between pictures."""

    def __init__(self):
        pixels = read("train-images-idx3-ubyte.gz", 16).reshape(-1, SIDE, SIDE)
        labels = read("train-labels-idx1-ubyte.gz", 8).astype(np.int64)
        held_out = 10_000
        if not ON_GPU:  # a smoke test, for which fewer do
            pixels, labels, held_out = pixels[:6000], labels[:6000], 1000
        self.scale = 1 / float(round(pixels.std(), 1))
        order = np.random.RandomState(7).permutation(len(pixels))
        scored, trained = order[:held_out], order[held_out:]
        self.count = len(trained)
        around = ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN))
        self.training = torch.from_numpy(np.pad(pixels[trained], around)).to(DEVICE)
        self.labels = torch.from_numpy(labels[trained]).to(DEVICE)
        self.held_out = torch.from_numpy(pixels[scored]).to(DEVICE)
        self.held_out_labels = torch.from_numpy(labels[scored]).to(DEVICE)

    def batch(self, chosen, mirrored, down, right):
        """Training images [batch][28][28], those `mirrored` turned left to right, each moved by its own pixels."""
        rows = PIXELS - down[:, None] + MARGIN
        columns = torch.where(mirrored[:, None], SIDE - 1 - PIXELS, PIXELS) - right[:, None] + MARGIN
        return self.training[chosen[:, None, None], rows[:, :, None], columns[:, None, :]].float()

    def input(self, images):
        """What networks take, [batch][1][28][28]: black stays 0, so that padding is black."""
        return (images.float() * self.scale)[:, None]

    @cache
    def whitening(self, size, patterns):
        """The stem's kernels and biases, which are not trained.

        The strongest eigenvectors of the covariance of image patches, scaled to equal variance, with both signs.
        """
        inner = self.training[:2000, MARGIN:-MARGIN, MARGIN:-MARGIN].cpu().numpy() * np.float64(self.scale)
        windows = np.lib.stride_tricks.sliding_window_view(inner, (size, size), axis=(1, 2))
        patches = windows.reshape(-1, size * size)
        mean = patches.mean(0)
        values, vectors = np.linalg.eigh(patches.T @ patches / len(patches) - np.outer(mean, mean))
        strongest = (vectors / np.sqrt(values + 5e-3)).T[::-1][:patterns]
        kernels = np.concatenate([strongest, -strongest])
        biases = torch.tensor(-kernels @ mean, dtype=torch.float32, device=DEVICE)
        return torch.tensor(kernels, dtype=torch.float32, device=DEVICE).view(-1, 1, size, size), biases


def augment(images, chosen, mirrored, settings, active):
    """The chosen training images as a step sees them.

    `active` [1] is false in the plain end of a run. It is a tensor because a captured step cannot branch.
    """
    moves = (torch.rand(2, len(chosen), device=DEVICE) * (2 * settings.shift + 1)).floor() - settings.shift
    batch = images.batch(chosen, mirrored, *(moves * active).long())
    if settings.rotation or settings.zoom:
        batch = rotate_and_zoom(batch, settings.rotation * active, settings.zoom * active)
    if settings.brightness:
        change = (torch.rand(len(batch), 1, 1, device=DEVICE) * 2 - 1) * settings.brightness * active
        batch = (batch * (1 + change)).clamp(max=255)
    if settings.erase:
        batch = black_out(batch, settings.erase * active, settings.largest_hole)
    return batch


def rotate_and_zoom(batch, degrees, zoom):
    """Turns by up to so many degrees, and stretches height and width by up to that share, each on its own."""
    angle = (torch.rand(len(batch), device=DEVICE) * 2 - 1) * degrees * math.pi / 180
    stretch = 1 + (torch.rand(2, len(batch), device=DEVICE) * 2 - 1) * zoom
    matrix = torch.zeros(len(batch), 2, 3, device=DEVICE)
    matrix[:, 0, 0] = angle.cos() * stretch[0]
    matrix[:, 0, 1] = -angle.sin()
    matrix[:, 1, 0] = angle.sin()
    matrix[:, 1, 1] = angle.cos() * stretch[1]
    grid = F.affine_grid(matrix, (len(batch), 1, SIDE, SIDE), align_corners=False)
    return F.grid_sample(batch[:, None], grid, align_corners=False)[:, 0]


def black_out(batch, probability, largest):
    """Sets a rectangle of some of the images to black."""
    random = torch.rand(5, len(batch), 1, device=DEVICE)
    height, width = (random[:2] * (largest - SMALLEST_HOLE + 1)).floor() + SMALLEST_HOLE
    top = (random[2] * (SIDE + 1 - height)).floor()
    left = (random[3] * (SIDE + 1 - width)).floor()
    rows = (PIXELS >= top) & (PIXELS < top + height) & (random[4] < probability)
    columns = (PIXELS >= left) & (PIXELS < left + width)
    return batch.masked_fill(rows[:, :, None] & columns[:, None, :], 0)


def cut_and_mix(batch, targets, probability, active):
    """CutMix (Yun et al., arXiv 1905.04899): one rectangle of all images comes from their neighbours in the batch."""
    random = torch.rand(4, device=DEVICE)
    half = (1 - random[1]).sqrt() * SIDE / 2
    middle_row, middle_column = random[2] * SIDE, random[3] * SIDE
    rows = (PIXELS >= middle_row - half) & (PIXELS < middle_row + half)
    columns = (PIXELS >= middle_column - half) & (PIXELS < middle_column + half)
    replaced = rows[:, None] & columns[None, :] & (random[0] < probability) & active
    share = replaced.float().mean()
    return torch.where(replaced, batch.roll(1, 0), batch), targets * (1 - share) + targets.roll(1, 0) * share

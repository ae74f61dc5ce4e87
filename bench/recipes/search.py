"""Trains many small networks at once to compare recipes; see README.md.

usage: python3 bench/recipes/search.py GROUP [--limit SECONDS] [--out FILE] [--steps N]
"""

import argparse
import csv
import os
import sys
import time
from dataclasses import replace

os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "32"  # lest streams wait for each other; read when CUDA starts

import torch
import torch.nn.functional as F

from experiments import GROUPS
from images import ON_GPU, Images
from training import Run

AT_ONCE = 16  # networks that fill the GPU together
CHUNK = 40  # steps queued in one go, two goes ahead of the device
TEMPERATURES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
SCORES = ("accuracy", "mirror_accuracy", "nll", "mirror_nll")
COLUMNS = ("group", "name", "seed", *SCORES, "train_loss", "train_accuracy", *("ema_" + s for s in SCORES))


def score(run, weights):
    """Accuracies in percent and NLLs on the held-out images: of the images, and of them and their mirror images.

    Of the temperatures each NLL takes the best, lest recipes be compared by how sure they are.
    """
    labels = run.images.held_out_labels
    with torch.no_grad():
        batches = [run.images.input(batch) for batch in run.images.held_out.split(2000)]
        logits = torch.cat([run.network.logits(x, weights) for x in batches])
        mirrored = torch.cat([run.network.logits(x.flip(3), weights) for x in batches])

    def mean(temperature):
        return (F.softmax(logits / temperature, 1) + F.softmax(mirrored / temperature, 1)) / 2

    def accuracy(predicted):
        return round(100 * (predicted.argmax(1) == labels).float().mean().item(), 2)

    nll = min(F.nll_loss(F.log_softmax(logits / t, 1), labels).item() for t in TEMPERATURES)
    mirror_nll = min(F.nll_loss(mean(t).log(), labels).item() for t in TEMPERATURES)
    return dict(zip(SCORES, (accuracy(logits), accuracy(mean(1)), round(nll, 4), round(mirror_nll, 4))))


def result(run):
    if ON_GPU:
        torch.cuda.current_stream().wait_stream(run.stream)
    summed = run.done - run.summed_from
    row = dict(name=run.name, seed=run.settings.seed, **score(run, run.weights))
    row["train_loss"] = round(run.loss_sum.item() / summed, 3)
    row["train_accuracy"] = round(run.accuracy_sum.item() / summed, 4)
    if run.averaged:
        row |= {"ema_" + name: value for name, value in score(run, run.averaged).items()}
    return row


def farm(jobs, images, limit):
    """Trains jobs (name, settings), many at a time, and yields each one's result when it is done.

    Runs take turns in one thread, which only queues work; a run that learns from another starts once that one is done.
    """
    started = time.monotonic()
    wanted = {settings.teacher for _, settings in jobs if settings.teacher}
    assert wanted <= {name for name, _ in jobs}, wanted
    waiting, active, teachers = list(jobs), [], {None: None}
    while waiting or active:
        while waiting and len(active) < AT_ONCE and time.monotonic() - started < limit:
            job = next((job for job in waiting if job[1].teacher in teachers), None)
            if job is None:
                break
            waiting.remove(job)
            name, settings = job
            run = Run(name, settings, images, teachers[settings.teacher])
            run.capture()
            run.advance(CHUNK)
            active.append(run)
        if time.monotonic() - started >= limit:
            cut = ", ".join(f"{run.name} ({run.done} steps)" for run in active)
            print(f"Time is up: {len(waiting)} not started; unfinished: {cut}", file=sys.stderr)
            return
        idle = True
        for run in list(active):
            if run.done < run.settings.steps and run.pending() < 2:
                run.advance(CHUNK)
                idle = False
            elif run.done == run.settings.steps and run.pending() == 0:
                active.remove(run)
                run.graph = None  # frees its memory
                if run.name in wanted:
                    teachers[run.name] = run.network
                idle = False
                yield result(run)
        if idle:
            time.sleep(0.0005)


def summarise(rows):
    """Prints each experiment's means over its seeds."""
    for name in dict.fromkeys(row["name"] for row in rows):
        same = [row for row in rows if row["name"] == name]
        means = {column: sum(row[column] for row in same) / len(same) for column in COLUMNS[3:] if column in same[0]}
        figures = ", ".join(f"{column} {mean:.4g}" for column, mean in means.items())
        print(f"{name} ({len(same)} seeds): {figures}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description="Compares training recipes on held-out training images.")
    parser.add_argument("group", choices=GROUPS, metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--limit", type=float, default=float("inf"), metavar="SECONDS", help="stop after so long")
    parser.add_argument("--out", metavar="FILE", help="where the results go as CSV; without it to standard output")
    parser.add_argument("--steps", type=int, metavar="N", help="a smoke test: N steps each, one seed of each")
    arguments = parser.parse_args()
    jobs = GROUPS[arguments.group]
    if arguments.steps:
        jobs = [(name, replace(settings, steps=arguments.steps)) for name, settings in jobs if settings.seed == 1]
    rows = []
    with open(arguments.out, "w", newline="") if arguments.out else sys.stdout as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in farm(jobs, Images(), arguments.limit):
            rows.append(row)
            writer.writerow({"group": arguments.group, **row})
            out.flush()
    summarise(rows)


if __name__ == "__main__":
    main()

"""The toy model's training step in eager PyTorch, as it is usually written: autograd and torch.optim.AdamW.

Each line of standard input is a JSON object with `steps` to do and, the first time, a `config` (as the engine's, see
ToyConfig); each answer the milliseconds per step.
"""

import json
import math
import sys
import time

import torch

torch.set_num_threads(1)


def trainer(config):
    n, d, h, m = (config[key] for key in ("features", "dimension", "headDimension", "keys"))
    queries = config["batchKeys"] // m
    p = config["featureProbability"]
    torch.manual_seed(0)
    xavier = lambda rows, columns: torch.randn(rows, columns) * math.sqrt(2 / (rows + columns))
    W, A, B = (torch.nn.Parameter(xavier(d, columns)) for columns in (n, h, h))
    b = torch.nn.Parameter(torch.zeros(n))
    target = torch.zeros(n, n)
    for pair in config["targets"]:
        target[pair["query"], pair["key"]] = pair["target"]
    optimizer = torch.optim.AdamW([W, b, A, B], lr=config["learningRate"], weight_decay=config["weightDecay"])
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, config["steps"])

    def sample(tokens):
        u = torch.rand(tokens, n)
        return torch.where(u < p, u / p, torch.zeros(()))

    def step():
        keys = sample(queries * m)
        query = sample(queries)
        h_keys = keys @ W.T
        h_query = query @ W.T
        reconstruction = torch.relu(h_keys @ W + b)
        loss = (keys - reconstruction).square().sum(1).mean()
        logits = torch.einsum("qh,qmh->qm", h_query @ A, (h_keys @ B).view(queries, m, h))
        wanted = torch.einsum("qn,qmn->qm", query @ target, keys.view(queries, m, n)).softmax(1)
        loss = loss - config["attentionWeight"] * (wanted * logits.log_softmax(1)).sum(1).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        scheduler.step()

    return step


def blas():
    """File names of the BLAS libraries in this process."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        files = {line.split()[-1].rsplit("/", 1)[-1] for line in maps if ".so" in line}
    return sorted(name for name in files if any(part in name for part in ("blas", "blis", "mkl_")))


def serve(make):
    print(json.dumps({"torch": torch.__version__, "blas": blas()}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if "config" in request:
            step = make(request["config"])
        start = time.perf_counter()
        for _ in range(request["steps"]):
            step()
        elapsed = time.perf_counter() - start
        print(json.dumps({"milliseconds": 1000 * elapsed / request["steps"]}), flush=True)


if __name__ == "__main__":
    serve(trainer)

"""The toy model's training step in PyTorch, fused by hand: gradients in feature space written out (no autograd),
in-place kernels with preallocated outputs, and AdamW on one flat vector. The strongest PyTorch that we could write;
same protocol as pytorch_eager.py.
"""

import math

import torch

from pytorch_eager import serve

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def trainer(config):
    n, d, h, m = (config[key] for key in ("features", "dimension", "headDimension", "keys"))
    queries = config["batchKeys"] // m
    tokens = queries * m
    p = config["featureProbability"]
    rate, decay, total = config["learningRate"], config["weightDecay"], config["steps"]
    share = config["attentionWeight"] / queries
    torch.manual_seed(0)
    torch.set_grad_enabled(False)

    sizes = (d * n, n, d * h, d * h)
    parameters, gradients, mu, nu = (torch.zeros(sum(sizes)) for _ in range(4))
    scratch = torch.empty(sum(sizes))

    def views(flat):
        W, b, A, B = flat.split(sizes)
        return W.view(d, n), b, A.view(d, h), B.view(d, h)

    W, b, A, B = views(parameters)
    dW, db, dA, dB = views(gradients)
    for matrix in (W, A, B):
        matrix.normal_(0, math.sqrt(2 / sum(matrix.shape)))
    # Few pairs: gathering their features is cheaper than a product with T.
    pair_query = torch.tensor([pair["query"] for pair in config["targets"]])
    pair_key = torch.tensor([pair["key"] for pair in config["targets"]])
    pair_target = torch.tensor([float(pair["target"]) for pair in config["targets"]])

    keys_u, query_u = torch.empty(tokens, n), torch.empty(queries, n)
    keys, query = torch.empty(tokens, n), torch.empty(queries, n)
    z, error = torch.empty(tokens, n), torch.empty(tokens, n)
    G, dG = torch.empty(n, n), torch.empty(n, n)
    S, dS = torch.empty(n, n), torch.empty(n, n)
    v, g = torch.empty(queries, n), torch.empty(queries, n)
    logits, wanted = torch.empty(queries, m, 1), torch.empty(queries, m, 1)
    grouped, products = keys.view(queries, m, n), torch.empty(queries, m, n)
    done = 0

    def sample(out, u):
        # u < p ? u/p : 0 in two kernels: what is above 1 becomes 0.
        torch.mul(u.uniform_(), 1 / p, out=out)
        torch.nn.functional.threshold_(out.neg_(), -1, 0)
        out.neg_()

    # Many small products: bmm is the faster way below about 32 features, elementwise kernels above.
    def by_key(rows):
        if n <= 32:
            torch.bmm(grouped, rows.unsqueeze(2), out=logits)
        else:
            torch.sum(torch.mul(grouped, rows.unsqueeze(1), out=products), 2, keepdim=True, out=logits)

    def by_query(weights):
        if n <= 32:
            torch.bmm(weights.transpose(1, 2), grouped, out=g.unsqueeze(1))
        else:
            torch.sum(torch.mul(grouped, weights, out=products), 1, out=g)

    def step():
        nonlocal done
        done += 1
        sample(keys, keys_u)
        sample(query, query_u)

        torch.mm(W.T, W, out=G)
        torch.addmm(b, keys, G, out=z)
        torch.sub(torch.relu(z), keys, out=error)
        delta = torch.ops.aten.threshold_backward(error, z, 0).mul_(2 / tokens)
        torch.mm(delta.T, keys, out=dG)
        torch.sum(delta, 0, out=db)

        PA, PB = W.T @ A, W.T @ B
        torch.mm(PA, PB.T, out=S)
        torch.mm(query, S, out=v)
        by_key(v)
        strengths = query[:, pair_query].mul_(pair_target)
        torch.bmm(grouped[:, :, pair_key], strengths.unsqueeze(2), out=wanted)
        dl = torch.softmax(logits, 1).sub_(torch.softmax(wanted, 1)).mul_(share)
        by_query(dl)
        torch.mm(query.T, g, out=dS)

        dPA, dPB = dS @ PB, dS.T @ PA
        torch.mm(W, dG.add_(dG.T.clone()), out=dW)
        dW.addmm_(A, dPA.T).addmm_(B, dPB.T)
        torch.mm(W, dPA, out=dA)
        torch.mm(W, dPB, out=dB)

        eta = 0.5 * rate * (1 + math.cos(math.pi * (done - 1) / total))
        mu.lerp_(gradients, 1 - BETA1)
        nu.mul_(BETA2).addcmul_(gradients, gradients, value=1 - BETA2)
        torch.sqrt(nu, out=scratch)
        scratch.div_(math.sqrt(1 - BETA2**done)).add_(EPSILON)
        parameters.mul_(1 - eta * decay).addcdiv_(mu, scratch, value=-eta / (1 - BETA1**done))

    return step


if __name__ == "__main__":
    serve(trainer)

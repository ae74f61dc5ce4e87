"""Asks a server in the ways that Triton's client knows, and prints the probabilities that it read, as JSON."""

import json
import sys

import numpy
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

client = triton.InferenceServerClient(sys.argv[1])
pixels = numpy.fromfile(sys.argv[2], dtype=numpy.uint8).reshape(-1, 28, 28)


def infer(binary=True, **how):
    images = triton.InferInput("images", pixels.shape, "UINT8")
    images.set_data_from_numpy(pixels, binary_data=binary)
    result = client.infer("tiny", [images], **how)
    return [float(value) for value in result.as_numpy("probabilities").flatten()]


assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("tiny")
assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
assert client.get_model_metadata("tiny")["inputs"][0]["shape"] == [-1, 28, 28]
assert client.get_model_repository_index()[0]["state"] == "READY"
client.unload_model("tiny")
assert not client.is_model_ready("tiny")
client.load_model("tiny")
assert client.is_model_ready("tiny")

answers = {
    "defaults": infer(),
    "json": infer(False, outputs=[triton.InferRequestedOutput("probabilities", binary_data=False)], request_id="7"),
    "gzip": infer(request_compression_algorithm="gzip"),
    "deflate": infer(request_compression_algorithm="deflate"),
    "packed answer": infer(response_compression_algorithm="gzip", model_version="1", timeout=5_000_000),
}
try:
    client.get_model_metadata("no such model")
except InferenceServerException as e:
    answers["error"], answers["status"] = e.message(), e.status()
print(json.dumps(answers))

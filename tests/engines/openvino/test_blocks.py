import numpy as np
import pytest
from gguf import GGMLQuantizationType, dequantize, quantize

from nlp.engines.openvino.blocks import GROUP, blocks
from tests.engines.openvino.made import Tensor, q4_k


def values(block):
    computed = block.numbers * block.scales.astype(np.float32)
    if block.left_over is not None:
        computed = computed + block.left_over[..., None]
    return computed.reshape(len(computed), -1)


def test_four_bits_are_what_llama_cpp_reads_in_them():
    tensor = q4_k("m", rows=3, columns=512)
    block = blocks(tensor)
    assert block.four_bits
    assert (block.numbers.min(), block.numbers.max()) == (-8, 7)
    np.testing.assert_allclose(values(block), dequantize(tensor.data, tensor.tensor_type), rtol=0, atol=0.01)


def test_packed_the_first_of_two_lies_in_the_lower_half():
    block = blocks(q4_k("m", rows=1, columns=256))
    packed = block.packed
    first, second = block.numbers.reshape(-1)[:2]
    assert packed[0] & 15 == first & 15
    assert packed[0] >> 4 == second & 15
    assert packed.size == 128


@pytest.mark.parametrize("kind", [GGMLQuantizationType.Q8_0, GGMLQuantizationType.F16])
def test_finer_numbers_become_eight_bits(kind):
    wanted = np.random.default_rng(7).normal(size=(4, 64)).astype(np.float32)
    tensor = Tensor("m", quantize(wanted, kind), kind, (64, 4))
    block = blocks(tensor)
    assert not block.four_bits
    assert block.numbers.shape == (4, 64 // GROUP, GROUP)
    np.testing.assert_allclose(values(block), wanted, atol=np.abs(wanted).max() / 100)


def test_a_group_of_zeros_stays_one():
    zeros = quantize(np.zeros((2, 32), np.float32), GGMLQuantizationType.Q8_0)
    assert not values(blocks(Tensor("m", zeros, GGMLQuantizationType.Q8_0, (32, 2)))).any()

import hashlib

from gguf import GGUFReader

from nlp.engines.catalogue import ADAPTERS, catalogue


def test_every_adapter_ships_with_its_hash():
    told = (ADAPTERS / "README.md").read_text(encoding="utf-8")
    shipped = [m.adapter_path for m in catalogue().values() if m.adapter_path]
    assert sorted(shipped) == sorted(ADAPTERS.glob("*.gguf"))
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in told for path in shipped)


def test_the_default_models_adapter_changes_every_projection_of_every_layer():
    reader = GGUFReader(next(iter(catalogue().values())).adapter_path)
    assert reader.fields["adapter.type"].contents() == "lora"
    assert len(reader.tensors) == 2 * 7 * 28

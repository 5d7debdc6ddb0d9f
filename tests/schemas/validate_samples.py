#!/usr/bin/env python3
"""Checks messages against the schemas: tests/schemas/validate_samples.py SCHEMAS_FOLDER SAMPLES.json

Every schema must itself be valid, every sample must fit or not fit as it says, and every schema must have
been used by a sample. Prints what is wrong; exit 1 if anything is."""

import json
import sys
import warnings
from pathlib import Path

# Debian 12 has a jsonschema without the `referencing` that newer ones ask for.
warnings.filterwarnings("ignore", category=DeprecationWarning)
from jsonschema import Draft202012Validator, RefResolver  # noqa: E402


def load(folder):
    """{path below the folder: schema}"""
    files = [*folder.glob("messages/*.json"), *folder.glob("entries/*.json")]
    return {str(file.relative_to(folder)): json.loads(file.read_text(encoding="utf-8")) for file in files}


def main(schemas_folder, samples_file):
    schemas = load(Path(schemas_folder))
    store = {schema["$id"]: schema for schema in schemas.values()}
    wrong = 0
    for path, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
    samples = json.loads(Path(samples_file).read_text(encoding="utf-8"))
    used = set()
    for sample in samples:
        schema = schemas[sample["schema"]]
        used.add(sample["schema"])
        resolver = RefResolver(base_uri=schema["$id"], referrer=schema, store=store)
        validator = Draft202012Validator({"$ref": schema["$id"] + sample["part"]}, resolver=resolver)
        errors = validator.iter_errors(sample["message"])
        findings = [error.json_path + ": " + error.message for error in errors]
        if bool(findings) == sample["valid"]:
            wrong += 1
            print(f"{sample['schema']}{sample['part']}: {findings or 'a damaged message was taken'}")
    unused = [path for path in schemas if path not in used and not path.endswith("/definitions.schema.json")]
    for path in unused:
        print(f"{path}: no sample")
    print(f"{len(samples)} samples against {len(schemas)} schemas, {wrong + len(unused)} wrong")
    return 1 if wrong or unused else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

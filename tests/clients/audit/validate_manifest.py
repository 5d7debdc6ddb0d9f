#!/usr/bin/env python3
"""Checks manifests against the schema of bundles: validate_manifest.py SCHEMA MANIFEST...

The schema must itself be valid. Prints one line a manifest: `fits` or what is wrong; exit 1 if one does
not fit."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator


def main(schema_file, *manifests):
    schema = json.loads(Path(schema_file).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    wrong = 0
    for manifest in manifests:
        content = json.loads(Path(manifest).read_text(encoding="utf-8"))
        findings = [error.json_path + ": " + error.message for error in validator.iter_errors(content)]
        wrong += bool(findings)
        print(findings or "fits")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

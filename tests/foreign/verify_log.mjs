// Checks exported logs with the Sigstore project's verifier and no code of ours.
//
// It reads the folder of a log from each line of its input and answers with one line: `ok N`, or `bad: ` and
// why. @sigstore/verify checks the signature of `checkpoint` and every proof in `inclusion` against the entry
// it is about. It is built for JSON bundles and forgives spelling, so spelling is held to its one form here.
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// Inner modules: the package's front door takes only whole Sigstore bundles.
const require = createRequire(import.meta.url);
const { verifyCheckpoint } = require('@sigstore/verify/dist/timestamp/checkpoint.js');
const { verifyMerkleInclusion } = require('@sigstore/verify/dist/timestamp/merkle.js');

const TILE_WIDTH = 256;
const ED25519_SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function demand(holds, why) {
  if (!holds) throw new Error(why);
}

function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  demand(bytes.toString('base64') === text, 'base64 in another spelling');
  return bytes;
}

function number(text) {
  demand(/^(0|[1-9][0-9]{0,15})$/.test(text), `${JSON.stringify(text)} is not how a number is spelled`);
  return Number(text);
}

/** name+hex(key id)+base64(0x01 | public key); the base64 may hold plus signs of its own. */
function readKey(folder) {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.*)\n$/.exec(readFileSync(join(folder, 'key.vkey'), 'utf8'));
  demand(parts, 'not a verifier key');
  const [, name, keyId, key] = parts;
  const bytes = base64(key);
  demand(bytes.length === 33 && bytes[0] === 1, 'not an Ed25519 key');
  const der = Buffer.concat([ED25519_SPKI_PREFIX, bytes.subarray(1)]);
  return {
    name,
    log: {
      logID: Buffer.from(keyId, 'hex'),
      publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }),
      validFor: { start: new Date(0), end: new Date(8.64e15) },
    },
  };
}

function openCheckpoint(folder) {
  const { name, log } = readKey(folder);
  const envelope = utf8.decode(readFileSync(join(folder, 'checkpoint')));
  const [origin, size, root] = envelope.split('\n');
  const rootHash = base64(root);
  const inclusionProof = { checkpoint: { envelope }, rootHash };
  verifyCheckpoint({ integratedTime: '0', inclusionProof }, [log]);

  // What the signature covers is now certain; the rest of the envelope must have the one form it can have.
  demand(origin === name, 'checkpoint of another origin');
  const signature = base64(envelope.slice(envelope.lastIndexOf(' ') + 1, -1));
  const expected = `${origin}\n${size}\n${root}\n\n\u2014 ${name} ${signature.toString('base64')}\n`;
  demand(envelope === expected, 'checkpoint in another spelling');
  return { size: number(size), rootHash };
}

function groups(index) {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0').match(/\d{3}/g);
  return digits.map((group, i) => (i + 1 < digits.length ? `x${group}` : group)).join('/');
}

function readBundle(folder, index, size) {
  const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
  const partial = width < TILE_WIDTH ? `.p/${width}` : '';
  const bytes = readFileSync(join(folder, 'tile', 'entries', groups(index) + partial));
  const entries = [];
  let at = 0;
  for (; at + 2 <= bytes.length && at + 2 + bytes.readUInt16BE(at) <= bytes.length;) {
    const end = at + 2 + bytes.readUInt16BE(at);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  demand(at === bytes.length && entries.length === width, 'not the entries there should be');
  return entries;
}

function verify(folder) {
  const { size, rootHash } = openCheckpoint(folder);
  const bundles = new Map();
  const entryAt = (index) => {
    const bundle = Math.floor(index / TILE_WIDTH);
    if (!bundles.has(bundle)) bundles.set(bundle, readBundle(folder, bundle, size));
    return bundles.get(bundle)[index % TILE_WIDTH];
  };
  const lines = utf8.decode(readFileSync(join(folder, 'inclusion'))).split('\n');
  demand(lines.pop() === '' && lines.length > 0, 'inclusion is not made of lines');
  for (const line of lines) {
    const [index, ...proof] = line.split(' ');
    demand(number(index) < size, 'no such entry');
    verifyMerkleInclusion({
      canonicalizedBody: entryAt(number(index)),
      inclusionProof: { logIndex: index, treeSize: String(size), hashes: proof.map(base64), rootHash },
    });
  }
  return size;
}

for await (const folder of createInterface({ input: process.stdin })) {
  try {
    console.log(`ok ${verify(folder)}`);
  } catch (error) {
    console.log(`bad: ${error.message.replaceAll('\n', ' ')}`);
  }
}

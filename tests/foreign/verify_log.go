// verify_log checks exported logs with golang.org/x/mod/sumdb and no code of ours.
//
// It reads the folder of a log from each line of its input and answers with one line: `ok N`, or `bad: ` and why.
// A log is `checkpoint`, `key.vkey`, `tile/...` (C2SP tlog-tiles), `inclusion` (one proof a line), and either `consistency`,
// likewise, or `checkpoints/<size>`: the notes that were signed on the way.
package main

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight  = 8
	tileWidth   = 1 << tileHeight
	proofRounds = 200
)

// A checkpoint must be spelled in one way only; Go's usual decoder forgives stray bits at the end.
var strictBase64 = base64.StdEncoding.Strict()

type exportedLog struct {
	folder string
	tree   tlog.Tree
	// Every stored hash as sumdb numbers them, computed from the entry bundles alone.
	hashes []tlog.Hash
	// Paths below the folder that were read and checked.
	read map[string]bool
}

func (l *exportedLog) file(path string) ([]byte, error) {
	l.read[path] = true
	return os.ReadFile(filepath.Join(l.folder, filepath.FromSlash(path)))
}

// ReadHashes makes the computed hashes a tlog.HashReader.
func (l *exportedLog) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(l.hashes)) {
			return nil, fmt.Errorf("no stored hash %d", index)
		}
		found[i] = l.hashes[index]
	}
	return found, nil
}

// tileFiles reads hash tiles from disk for tlog.TileHashReader, which checks them against the tree.
type tileFiles struct{ log *exportedLog }

func (t tileFiles) Height() int                                { return tileHeight }
func (t tileFiles) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (t tileFiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		// sumdb names the height, tlog-tiles does not.
		path := "tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
		content, err := t.log.file(path)
		if err != nil {
			return nil, err
		}
		data[i] = content
	}
	return data, nil
}

// openCheckpoint learns the tree from the signed checkpoint.
func (l *exportedLog) openCheckpoint() error {
	tree, err := l.openNote("checkpoint")
	l.tree = tree
	return err
}

// openNote answers with the tree that a checkpoint is signed for.
func (l *exportedLog) openNote(path string) (tlog.Tree, error) {
	var none tlog.Tree
	key, err := l.file("key.vkey")
	if err != nil {
		return none, err
	}
	verifier, err := note.NewVerifier(strings.TrimSuffix(string(key), "\n"))
	if err != nil {
		return none, err
	}
	message, err := l.file(path)
	if err != nil {
		return none, err
	}
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return none, err
	}
	if len(opened.Sigs) != 1 || len(opened.UnverifiedSigs) != 0 {
		return none, errors.New("not exactly one signature")
	}
	if _, err := strictBase64.DecodeString(opened.Sigs[0].Base64); err != nil {
		return none, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return none, errors.New("checkpoint is not three lines")
	}
	if lines[0] != verifier.Name() {
		return none, errors.New("checkpoint of another origin")
	}
	size, err := number(lines[1])
	if err != nil {
		return none, err
	}
	root, err := hash(lines[2])
	if err != nil {
		return none, err
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

func number(text string) (int64, error) {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, err
	}
	if value < 0 || strconv.FormatInt(value, 10) != text {
		return 0, fmt.Errorf("%q is not how a number is spelled", text)
	}
	return value, nil
}

func hash(text string) (tlog.Hash, error) {
	var value tlog.Hash
	bytes, err := strictBase64.DecodeString(text)
	if err != nil {
		return value, err
	}
	if len(bytes) != tlog.HashSize {
		return value, errors.New("a hash is 32 bytes")
	}
	copy(value[:], bytes)
	return value, nil
}

// readEntries computes every hash of the tree from the entry bundles.
func (l *exportedLog) readEntries() error {
	for first := int64(0); first < l.tree.N; first += tileWidth {
		width := int(l.tree.N - first)
		if width > tileWidth {
			width = tileWidth
		}
		tile := tlog.Tile{H: tileHeight, L: 0, N: first / tileWidth, W: width}
		path := "tile/entries/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/0/", tileHeight))
		bundle, err := l.file(path)
		if err != nil {
			return err
		}
		for i := 0; i < width; i++ {
			if len(bundle) < 2 {
				return fmt.Errorf("%s ends early", path)
			}
			length := int(bundle[0])<<8 | int(bundle[1])
			if len(bundle) < 2+length {
				return fmt.Errorf("%s ends early", path)
			}
			stored, err := tlog.StoredHashes(first+int64(i), bundle[2:2+length], l)
			if err != nil {
				return err
			}
			l.hashes = append(l.hashes, stored...)
			bundle = bundle[2+length:]
		}
		if len(bundle) != 0 {
			return fmt.Errorf("%s goes on", path)
		}
	}
	root, err := tlog.TreeHash(l.tree.N, l)
	if err != nil {
		return err
	}
	if root != l.tree.Hash {
		return errors.New("the entries do not have the signed root")
	}
	return nil
}

// readTiles reads every hash tile there should be, checked by sumdb against the signed root.
func (l *exportedLog) readTiles() error {
	reader := tlog.TileHashReader(l.tree, tileFiles{l})
	var indexes []int64
	for level := 0; l.tree.N>>uint(level) > 0; level += tileHeight {
		for i := int64(0); i < l.tree.N>>uint(level); i++ {
			indexes = append(indexes, tlog.StoredHashIndex(level, i))
		}
	}
	fromTiles, err := reader.ReadHashes(indexes)
	if err != nil {
		return err
	}
	for i, index := range indexes {
		if fromTiles[i] != l.hashes[index] {
			return fmt.Errorf("tiles and entries differ at stored hash %d", index)
		}
	}
	return l.proveAtRandom(reader)
}

// proveAtRandom makes proofs and checks them, as a client of the log would. Most come from the computed hashes,
// which readTiles has found equal to the tiles; one comes through the tiles themselves, read anew.
func (l *exportedLog) proveAtRandom(reader tlog.HashReader) error {
	random := rand.New(rand.NewSource(l.tree.N))
	for round := 0; round < proofRounds && int64(round) < l.tree.N; round++ {
		index := random.Int63n(l.tree.N)
		proof, err := tlog.ProveRecord(l.tree.N, index, l)
		if err != nil {
			return err
		}
		leaf := l.hashes[tlog.StoredHashIndex(0, index)]
		if err := tlog.CheckRecord(proof, l.tree.N, l.tree.Hash, index, leaf); err != nil {
			return err
		}
		first := random.Int63n(l.tree.N) + 1
		consistency, err := tlog.ProveTree(l.tree.N, first, l)
		if err != nil {
			return err
		}
		before, err := tlog.TreeHash(first, l)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(consistency, l.tree.N, l.tree.Hash, first, before); err != nil {
			return err
		}
	}
	last, err := tlog.ProveRecord(l.tree.N, l.tree.N-1, reader)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(last, l.tree.N, l.tree.Hash, l.tree.N-1, l.hashes[tlog.StoredHashIndex(0, l.tree.N-1)])
}

// eachProof calls check with the number and the hashes of every line of a file of proofs.
func (l *exportedLog) eachProof(path string, check func(number int64, proof []tlog.Hash) error) error {
	content, err := l.file(path)
	if err != nil {
		return err
	}
	lines := strings.Split(string(content), "\n")
	if len(lines) < 2 || lines[len(lines)-1] != "" {
		return fmt.Errorf("%s is not made of lines", path)
	}
	for i, line := range lines[:len(lines)-1] {
		words := strings.Split(line, " ")
		value, err := number(words[0])
		if err != nil {
			return err
		}
		proof := make([]tlog.Hash, len(words)-1)
		for j, word := range words[1:] {
			if proof[j], err = hash(word); err != nil {
				return err
			}
		}
		if err := check(value, proof); err != nil {
			return fmt.Errorf("%s line %d: %v", path, i+1, err)
		}
	}
	return nil
}

func (l *exportedLog) checkProofs() error {
	err := l.eachProof("inclusion", func(index int64, proof []tlog.Hash) error {
		if index >= l.tree.N {
			return errors.New("no such entry")
		}
		leaf := l.hashes[tlog.StoredHashIndex(0, index)]
		return tlog.CheckRecord(proof, l.tree.N, l.tree.Hash, index, leaf)
	})
	if err != nil {
		return err
	}
	if published, err := os.ReadDir(filepath.Join(l.folder, "checkpoints")); err == nil {
		return l.checkPublished(published)
	}
	return l.eachProof("consistency", func(first int64, proof []tlog.Hash) error {
		if first < 1 || first > l.tree.N {
			return errors.New("no such size")
		}
		before, err := tlog.TreeHash(first, l)
		if err != nil {
			return err
		}
		return tlog.CheckTree(proof, l.tree.N, l.tree.Hash, first, before)
	})
}

// checkPublished demands that each earlier checkpoint is signed, stands under its size, and is of this very log.
func (l *exportedLog) checkPublished(published []fs.DirEntry) error {
	if len(published) == 0 {
		return errors.New("no earlier checkpoints")
	}
	for _, entry := range published {
		path := "checkpoints/" + entry.Name()
		before, err := l.openNote(path)
		if err != nil {
			return fmt.Errorf("%s: %v", path, err)
		}
		if strconv.FormatInt(before.N, 10) != entry.Name() || before.N < 1 || before.N > l.tree.N {
			return fmt.Errorf("%s is for %d entries", path, before.N)
		}
		proof, err := tlog.ProveTree(l.tree.N, before.N, l)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, l.tree.N, l.tree.Hash, before.N, before.Hash); err != nil {
			return fmt.Errorf("%s: %v", path, err)
		}
	}
	return nil
}

// checkNothingElse finds files that no check has read.
func (l *exportedLog) checkNothingElse() error {
	return filepath.WalkDir(l.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(l.folder, path)
		if err == nil && !l.read[filepath.ToSlash(name)] {
			err = fmt.Errorf("%s is no part of this log", name)
		}
		return err
	})
}

func verify(folder string) (int64, error) {
	log := &exportedLog{folder: folder, read: make(map[string]bool)}
	for _, step := range []func() error{
		log.openCheckpoint, log.readEntries, log.readTiles, log.checkProofs, log.checkNothingElse,
	} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	return log.tree.N, nil
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		if size, err := verify(input.Text()); err != nil {
			fmt.Printf("bad: %s\n", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Printf("ok %d\n", size)
		}
	}
}

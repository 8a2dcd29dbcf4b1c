// Verifies an exported log with the Go project's own implementation of signed notes and transparency logs, which
// shares no line with ours. It reads the plain files of c2sp.org/tlog-tiles.
//
//	sumdb verify DIR VKEY      the whole log: prints "OK entries=N" or "FAIL reason"
//	sumdb sign NAME < TEXT     a fresh key's signature: prints the key, then the note
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Hashes in a tile, as a power of two: the only height that tlog-tiles knows.
const height = 8
const width = 1 << height

func main() {
	report, err := "", fmt.Errorf("usage: sumdb verify DIR VKEY | sumdb sign NAME")
	if len(os.Args) == 4 && os.Args[1] == "verify" {
		report, err = verify(directory(os.Args[2]), os.Args[3])
	} else if len(os.Args) == 3 && os.Args[1] == "sign" {
		report, err = sign(os.Args[2])
	}
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
	fmt.Println(report)
}

// directory is a log on disk, and reads its tiles for the hash reader that holds each against the signed root.
type directory string

func (d directory) Height() int { return height }

func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	contents := make([][]byte, 0, len(tiles))
	for _, tile := range tiles {
		content, err := d.read(tilePath(tile))
		if err != nil {
			return nil, err
		}
		contents = append(contents, content)
	}
	return contents, nil
}

func (d directory) SaveTiles([]tlog.Tile, [][]byte) {}

func (d directory) read(path string) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(d), path))
}

// tilePath leaves out the height, which the paths of the checksum database name and those of tlog-tiles do not.
func tilePath(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
}

func verify(d directory, vkey string) (string, error) {
	tree, err := openCheckpoint(d, vkey)
	if err != nil {
		return "", err
	}
	if tree.N == 0 {
		return "OK entries=0", nil
	}
	hashes := tlog.TileHashReader(tree, d)
	if err := checkTiles(d, tree, hashes); err != nil {
		return "", err
	}
	bundles, err := checkEntries(d, tree, hashes)
	if err != nil {
		return "", err
	}
	proofs, err := checkProofs(tree, hashes)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("OK entries=%d bundles=%d proofs=%d", tree.N, bundles, proofs), nil
}

// openCheckpoint checks the signature and reads the three lines of c2sp.org/tlog-checkpoint: the first is the log's
// own name here, and not the fixed word that tlog.ParseTree asks for.
func openCheckpoint(d directory, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := d.read("checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %v", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("checkpoint: not of the log %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("checkpoint: no root in line 3")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

// checkTiles holds every tile that a log of this size has against the hashes that the signed root vouches for.
func checkTiles(d directory, tree tlog.Tree, hashes tlog.HashReader) error {
	for _, tile := range tilesOf(tree.N) {
		expected, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return fmt.Errorf("%s: %v", tilePath(tile), err)
		}
		found, err := d.read(tilePath(tile))
		if err != nil {
			return err
		}
		if !bytes.Equal(found, expected) {
			return fmt.Errorf("%s: not the tile of this tree", tilePath(tile))
		}
	}
	return nil
}

// tilesOf is every full tile of a tree and the one partial tile at the end of each level.
func tilesOf(size int64) []tlog.Tile {
	tiles := []tlog.Tile{}
	for level := 0; size > 0; level++ {
		for start := int64(0); start < size; start += width {
			tile := tlog.Tile{H: height, L: level, N: start / width, W: width}
			if size-start < width {
				tile.W = int(size - start)
			}
			tiles = append(tiles, tile)
		}
		size >>= height
	}
	return tiles
}

// checkEntries hashes every entry of every bundle and compares it with its leaf.
func checkEntries(d directory, tree tlog.Tree, hashes tlog.HashReader) (int, error) {
	bundles := 0
	for start := int64(0); start < tree.N; start += width {
		count := tree.N - start
		if count > width {
			count = width
		}
		tile := tlog.Tile{H: height, L: 0, N: start / width, W: int(count)}
		path := strings.Replace(tilePath(tile), "tile/0/", "tile/entries/", 1)
		bundle, err := d.read(path)
		if err != nil {
			return 0, err
		}
		indexes := make([]int64, count)
		for at := range indexes {
			indexes[at] = tlog.StoredHashIndex(0, start+int64(at))
		}
		leaves, err := hashes.ReadHashes(indexes)
		if err != nil {
			return 0, err
		}
		for at, leaf := range leaves {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return 0, fmt.Errorf("%s: ends within entry %d", path, start+int64(at))
			}
			length := int(binary.BigEndian.Uint16(bundle))
			if tlog.RecordHash(bundle[2:2+length]) != leaf {
				return 0, fmt.Errorf("%s: entry %d hash mismatch", path, start+int64(at))
			}
			bundle = bundle[2+length:]
		}
		if len(bundle) > 0 {
			return 0, fmt.Errorf("%s: goes on after its last entry", path)
		}
		bundles++
	}
	return bundles, nil
}

// checkProofs makes and checks inclusion proofs of leaves, and consistency proofs from older sizes, spread over the tree.
func checkProofs(tree tlog.Tree, hashes tlog.HashReader) (int, error) {
	proofs := 0
	step := tree.N/50 + 1
	for index := int64(0); index < tree.N; index += step {
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return 0, err
		}
		inclusion, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckRecord(inclusion, tree.N, tree.Hash, index, leaf[0]); err != nil {
			return 0, fmt.Errorf("inclusion of %d: %v", index, err)
		}
		older, err := tlog.TreeHash(index+1, hashes)
		if err != nil {
			return 0, err
		}
		consistency, err := tlog.ProveTree(tree.N, index+1, hashes)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(consistency, tree.N, tree.Hash, index+1, older); err != nil {
			return 0, fmt.Errorf("consistency from %d: %v", index+1, err)
		}
		proofs += 2
	}
	return proofs, nil
}

func sign(name string) (string, error) {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return "", err
	}
	secret, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return "", err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(&note.Note{Text: string(text)}, signer)
	if err != nil {
		return "", err
	}
	return vkey + "\n" + strings.TrimSuffix(string(signed), "\n"), nil
}

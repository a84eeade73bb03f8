package parcel

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"dueprocess/casework"
)

// endings are those that a file added by hand keeps; any other becomes .bin.
var endings = []string{".csv", ".jsonl", ".json", ".txt", ".pdf"}

// AddedPath is where a file that a person added lies in a package: its own name stays outside, only its ending is kept.
func AddedPath(data casework.Data, n int, name string) string {
	ending := strings.ToLower(path.Ext(name))
	if !slices.Contains(endings, ending) {
		ending = ".bin"
	}
	return fmt.Sprintf("%s%s-added-%d%s", RecordsFolder, data, n, ending)
}

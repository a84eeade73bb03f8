package temporalserver

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/config"
	plugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	schema "go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"
)

const (
	// Namespace is the one namespace of the local server.
	Namespace = "default"

	// StageAttribute is the search attribute that carries a case's stage, a keyword.
	StageAttribute = "CaseStage"

	// retention keeps closed runs for a year; the default is a day.
	retention = 365 * 24 * time.Hour
)

// databaseConfig opens file so that a commit survives a crash, and through one connection: several answer "busy".
func databaseConfig(file string) *config.SQL {
	return &config.SQL{
		PluginName:   plugin.PluginName,
		DatabaseName: (&url.URL{Path: file}).EscapedPath(), // it becomes part of a URI
		MaxConns:     1,
		MaxIdleConns: 1,
		ConnectAttributes: map[string]string{
			"mode": "rwc", "journal_mode": "wal", "synchronous": "full", "secure_delete": "on",
		},
	}
}

// prepareDatabase makes the file where there is none, or none finished, and refuses one of another version.
func prepareDatabase(file string) error {
	exists, err := fileExists(file)
	if err != nil {
		return err
	}
	if !exists {
		return createDatabase(file)
	}
	finished, err := checkVersion(file)
	if err != nil || finished {
		return err
	}
	return createDatabase(file)
}

// createDatabase writes the schema and the namespace between two notes in the version record, so that a crash
// half-way is told from a finished file.
func createDatabase(file string) error {
	if err := removeDatabase(file); err != nil {
		return err
	}
	if err := recordVersion(file, unfinished+version()); err != nil {
		return err
	}
	if err := schema.SetupSchema(databaseConfig(file)); err != nil {
		return fmt.Errorf("%s cannot be set up: %w", file, err)
	}
	if err := createNamespace(file); err != nil {
		return err
	}
	return recordVersion(file, version())
}

func createNamespace(file string) error {
	attributes := map[string]enums.IndexedValueType{StageAttribute: enums.INDEXED_VALUE_TYPE_KEYWORD}
	namespace, err := schema.NewNamespaceConfig(clusterName, Namespace, false, attributes)
	if err != nil {
		return err
	}
	namespace.Detail.Config.Retention = durationpb.New(retention)
	return schema.CreateNamespaces(databaseConfig(file), namespace)
}

// removeDatabase takes away what a set-up that was cut short left behind.
func removeDatabase(file string) error {
	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func fileExists(file string) (bool, error) {
	_, err := os.Stat(filepath.Clean(file))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

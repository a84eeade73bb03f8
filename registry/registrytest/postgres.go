//go:build unix

package registrytest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// errMissing says how to get what the tests need.
var errMissing = errors.New("PostgreSQL is not installed here: its programs initdb and postgres are neither on the PATH nor where Debian " +
	"and Homebrew put them; install it with `apt-get install postgresql` or `brew install postgresql@17`")

// places are where the programs are kept when they are not on the PATH; the last of them in order is the newest.
var places = []string{
	"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
}

var (
	start     = sync.OnceValues(startCluster)
	databases atomic.Int64
)

// StartPostgres gives a test an empty database of its own, on a server that this process starts once and that touches no
// other server of the machine. The server stops and its files go when the process ends, however that ends. Where
// PostgreSQL is missing the test fails and says how to get it.
func StartPostgres(t testing.TB) (url string) {
	t.Helper()
	c, err := start()
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strconv.FormatInt(databases.Add(1), 10)
	if err := c.create(name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") })
	return c.url(name)
}

// cluster is a running server.
type cluster struct {
	folder string
	port   int
	owner  *syscall.Credential // nil: this user's own
	admin  *sql.DB
	alive  *os.File // closed by the end of this process, which ends the server
}

func startCluster() (*cluster, error) {
	programs, err := find()
	if err != nil {
		return nil, err
	}
	c := &cluster{}
	if err := c.prepare(); err != nil {
		return nil, err
	}
	if err := c.initialise(programs); err != nil {
		return nil, err
	}
	if err := c.serve(programs); err != nil {
		return nil, err
	}
	return c, c.wait()
}

// find is the folder of PostgreSQL's programs.
func find() (string, error) {
	var found []string
	for _, place := range places {
		matches, _ := filepath.Glob(place)
		found = append(found, matches...)
	}
	slices.Reverse(found)
	if onPath, err := exec.LookPath("initdb"); err == nil {
		found = append([]string{filepath.Dir(onPath)}, found...)
	}
	for _, folder := range found {
		if runnable(folder, "initdb") && runnable(folder, "postgres") {
			return folder, nil
		}
	}
	return "", errMissing
}

func runnable(folder, program string) bool {
	_, err := exec.LookPath(filepath.Join(folder, program))
	return err == nil
}

// prepare makes the folder and finds who is to own it: PostgreSQL refuses to run as root.
func (c *cluster) prepare() (err error) {
	parent := os.TempDir()
	if os.Getuid() == 0 {
		parent = "/tmp" // another user must be able to enter it
		if c.owner, err = unprivileged(); err != nil {
			return err
		}
	}
	if c.folder, err = os.MkdirTemp(parent, "registrytest"); err != nil || c.owner == nil {
		return err
	}
	return os.Chown(c.folder, int(c.owner.Uid), int(c.owner.Gid))
}

func unprivileged() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody to run it as")
}

func (c *cluster) initialise(programs string) error {
	cmd := c.command(filepath.Join(programs, "initdb"), "-D", c.data(), "-U", "registry", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, said)
	}
	return nil
}

// keeper runs the server until its standard input ends, which it does when this process is gone, killed or not.
const keeper = `folder=$1; shift
"$@" >"$folder/log" 2>&1 & server=$!
read -r _
kill -INT $server; wait $server
cd /; rm -rf "$folder"`

func (c *cluster) serve(programs string) (err error) {
	if c.port, err = freePort(); err != nil {
		return err
	}
	cmd := c.command("/bin/sh", "-c", keeper, "keeper", c.folder, filepath.Join(programs, "postgres"), "-D", c.data(), "-k", c.folder,
		"-c", "listen_addresses=127.0.0.1", "-p", strconv.Itoa(c.port), "-c", "fsync=off", "-c", "synchronous_commit=off",
		"-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=64MB")
	stdin, alive, err := os.Pipe()
	if err != nil {
		return err
	}
	defer func() { _ = stdin.Close() }()
	cmd.Stdin, c.alive = stdin, alive
	return cmd.Start()
}

// command runs a program as the cluster's owner, in the cluster's folder, out of reach of the terminal's interrupts.
func (c *cluster) command(program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), program, args...)
	cmd.Dir = c.folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: c.owner}
	return cmd
}

func (c *cluster) data() string { return filepath.Join(c.folder, "data") }

func (c *cluster) url(database string) string {
	return fmt.Sprintf("postgres://registry@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

// wait waits until the server answers.
func (c *cluster) wait() (err error) {
	if c.admin, err = sql.Open("pgx", c.url("postgres")); err != nil {
		return err
	}
	c.admin.SetMaxIdleConns(1)
	for range 300 {
		if err = c.admin.PingContext(context.Background()); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(c.folder, "log"))
	return fmt.Errorf("PostgreSQL did not start in 30 s: %w: %s", err, log)
}

// create makes a database that sorts text as people do, where the server can: what must sort by bytes then says so itself.
func (c *cluster) create(name string) error {
	if c.run("CREATE DATABASE "+name+" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'") == nil {
		return nil
	}
	return c.run("CREATE DATABASE " + name)
}

func (c *cluster) run(statement string) error {
	_, err := c.admin.ExecContext(context.Background(), statement)
	return err
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

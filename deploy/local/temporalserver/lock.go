package temporalserver

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// lockFile makes this process the only one to serve file, until it ends or closes the lock. The operating system
// frees the lock of a process that was killed.
func lockFile(file string) (io.Closer, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(file+".lock", os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // beside the database that the settings name
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = lock.Close()
		return nil, fmt.Errorf("%s is in use by another process: stop that one first, or use another folder", file)
	}
	return lock, nil
}

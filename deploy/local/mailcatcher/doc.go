// Package mailcatcher takes every mail that the local mode sends and keeps it in a folder, to be read at /dev/mail
// instead of reaching anybody.
//
// It owns the folder, the SMTP listener on the loopback address, and the pages under /dev/mail. Mail is on disk before
// it is acknowledged, so that none is lost in a crash, and the same Message-ID is one entry however often it comes, so
// that a repeated delivery shows. Called by the commands of deploy/local.
package mailcatcher

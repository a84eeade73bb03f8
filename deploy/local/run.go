package main

import (
	"fmt"
	"net/http"
	"path/filepath"

	"dueprocess/deploy/local/temporalserver"
)

// runCommand runs the whole product in this process.
type runCommand struct{}

// Run starts part after part, prints the addresses and stops everything, last first, when it is interrupted.
func (runCommand) Run(around surroundings) error {
	var started parts
	defer started.stop()
	whole, err := start(around, &started)
	if err != nil {
		return err
	}
	if err := whole.print(around); err != nil {
		return err
	}
	<-around.ctx.Done()
	return nil
}

// addresses are where the running parts are found.
type addresses struct{ web, temporal, ui, smtp string }

// start is the order of things: what others lean on comes first.
func start(around surroundings, started *parts) (found addresses, err error) {
	if err := startTemporal(around, started, &found); err != nil {
		return found, err
	}
	return found, startWeb(around, started, &found)
}

func startTemporal(around surroundings, started *parts, found *addresses) error {
	server, err := temporalserver.Start(around.ctx, temporalserver.Options{
		File:    around.settings.temporalFile(),
		LogFile: around.settings.temporalLog(),
		Port:    around.settings.temporalPort,
		UIPort:  around.settings.uiPort,
	})
	if err != nil {
		return err
	}
	started.add(server.Stop)
	found.temporal, found.ui = server.Address(), server.UIAddress()
	return nil
}

// startWeb catches mail, and runs worker and front desk on one address.
func startWeb(around surroundings, started *parts, found *addresses) error {
	catcher, smtp, err := startMail(around.settings, 0)
	if err != nil {
		return err
	}
	started.add(ignoreClosed(catcher))
	listener, err := listen(around.ctx, around.settings.port)
	if err != nil {
		return err
	}
	found.smtp, found.web = smtp, listener.Addr().String()
	return startOffice(around, started, *found, catcher.Handler(), listener)
}

// withMail puts the caught mail beside the front desk.
func withMail(mux *http.ServeMux, mail http.Handler) http.Handler {
	for _, path := range []string{"/dev/mail", "/dev/mail.json", "/dev/mail.css", "/dev/mail/"} {
		mux.Handle(path, mail)
	}
	return mux
}

func (a addresses) print(around surroundings) error {
	_, err := fmt.Fprintf(around.out, `Staff pages and API  http://%[1]s/  (tokens of the demo users: %[5]s)
Requester portal     http://%[1]s/portal/
Caught mail          http://%[1]s/dev/mail
Workflow server      %[2]s
Its pages            %[3]s
Mail is taken at     %[4]s
Kept in              %[6]s
Ctrl-C stops it; the next start goes on from here.
`, a.web, a.temporal, a.ui, a.smtp, filepath.Join(around.settings.dir, "tokens.json"), around.settings.dir)
	return err
}

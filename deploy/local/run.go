package main

import (
	"fmt"
	"net/http"

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

// startWeb serves the caught mail.
func startWeb(around surroundings, started *parts, found *addresses) error {
	catcher, smtp, err := startMail(around.settings, 0)
	if err != nil {
		return err
	}
	started.add(ignoreClosed(catcher))
	web, err := serveHTTP(around.settings.port, handler(catcher.Handler()))
	if err != nil {
		return err
	}
	started.add(web.stop)
	found.smtp, found.web = smtp, web.address
	return nil
}

// handler puts the parts of the site together.
func handler(mail http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/dev/mail", mail)
	mux.Handle("/dev/mail.json", mail)
	mux.Handle("/dev/mail.css", mail)
	mux.Handle("/dev/mail/", mail)
	return mux
}

func (a addresses) print(around surroundings) error {
	_, err := fmt.Fprintf(around.out, `Caught mail          http://%s/dev/mail
Workflow server      %s
Its pages            %s
Mail is taken at     %s
Kept in              %s
Ctrl-C stops it; the next start goes on from here.
`, a.web, a.temporal, a.ui, a.smtp, around.settings.dir)
	return err
}

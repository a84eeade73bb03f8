// Package composetest holds docker-compose.yml to what is promised of it: no default secret, nothing that drifts, nothing
// that listens beyond the machine, and an order of starting that waits for what is needed. It is a module of its own so
// that its loader stays out of the product's dependencies.
package composetest

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// load reads a compose file with the variables given.
func load(text string, variables map[string]string) (*types.Project, error) {
	details := types.ConfigDetails{
		WorkingDir:  "/src",
		ConfigFiles: []types.ConfigFile{{Filename: "docker-compose.yml", Content: []byte(text)}},
		Environment: variables,
	}
	return loader.LoadWithContext(context.Background(), details, func(o *loader.Options) { o.SetProjectName("dueprocess", true) })
}

// required are the variables that the file asks for and gives no value to.
func required(text string) map[string]string {
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`\$\{([A-Z_]+):\?[^}]+\}`).FindAllStringSubmatch(text, -1) {
		out[m[1]] = "given-" + strings.ToLower(m[1])
	}
	return out
}

// faults is all that is wrong with a project that was loaded with the given secrets.
func faults(p *types.Project, given map[string]string) []string {
	out := []string{}
	for _, name := range p.ServiceNames() {
		s := p.Services[name]
		say := func(format string, args ...any) { out = append(out, name+": "+fmt.Sprintf(format, args...)) }
		image(s, say)
		secrets(s, given, say)
		ports(s, say)
		waits(p, s, say)
	}
	return out
}

type sayer func(format string, args ...any)

var pinned = regexp.MustCompile(`:v?\d+\.\d+[^:/]*$|@sha256:[0-9a-f]{64}$`)

func image(s types.ServiceConfig, say sayer) {
	if s.Build == nil && !pinned.MatchString(s.Image) {
		say("the image %s is not pinned to a version", s.Image)
	}
}

var secret = regexp.MustCompile(`(?i)PASSWORD|PASSWD|_PWD$|SECRET|TOKEN|API_?KEY`)

// secrets: what is secret comes from a variable that has no default, or from a file.
func secrets(s types.ServiceConfig, given map[string]string, say sayer) {
	for key, value := range s.Environment {
		if value == nil || *value == "" || strings.HasSuffix(key, "_FILE") {
			continue
		}
		word := *value
		if u, err := url.Parse(word); err == nil && u.User != nil {
			word, _ = u.User.Password()
		} else if !secret.MatchString(key) {
			continue
		}
		if !isGiven(word, given) {
			say("%s has a default secret", key)
		}
	}
}

func isGiven(word string, given map[string]string) bool {
	for _, v := range given {
		if v == word {
			return true
		}
	}
	return false
}

func ports(s types.ServiceConfig, say sayer) {
	for _, p := range s.Ports {
		if p.HostIP != "127.0.0.1" {
			say("port %s is open beyond this machine", p.Published)
		}
	}
	if s.Privileged || s.NetworkMode == "host" {
		say("runs with the rights of the machine")
	}
}

// waits: whoever is waited for until it is healthy says when it is.
func waits(p *types.Project, s types.ServiceConfig, say sayer) {
	for other, d := range s.DependsOn {
		on := p.Services[other]
		switch {
		case d.Condition == types.ServiceConditionHealthy && (on.HealthCheck == nil || on.HealthCheck.Disable):
			say("waits for %s, which has no health check", other)
		case d.Condition == types.ServiceConditionCompletedSuccessfully && slices.Contains([]string{"always", "unless-stopped"}, on.Restart):
			say("waits for %s to end, which is always restarted", other)
		}
	}
}

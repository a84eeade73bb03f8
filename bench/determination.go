package main

import (
	"testing"
	"time"

	"cel.dev/cel-go/cel"

	"dueprocess/intake"
	"dueprocess/policy"
	"dueprocess/policy/testdata"
)

// determination is one answer of the default rulebook, beside one bare evaluation of a CEL condition.
func determination() ([]figure, error) {
	text, err := testdata.Cases.ReadFile("cases/us_warrant_all.json")
	if err != nil {
		return nil, err
	}
	request, err := intake.Read(intake.Unwrap(text), time.Now(), intake.DryRun)
	if err != nil {
		return nil, err
	}
	bare, err := bareCondition()
	if err != nil {
		return nil, err
	}
	book := policy.Default()
	whole := perRun(func() { _ = book.Determine(request, policy.Facts{AuthorityKnown: true}) })
	one := perRun(func() { _, _, _ = bare.Eval(map[string]any{"role": "judge", "data": []string{"traffic", "content"}}) })
	return []figure{
		{What: "policy: one determination", Unit: "µs", Value: whole, Baseline: one, Against: "one CEL evaluation", Ratio: whole / one, Aim: "≤ 60 µs, ≤ 40 ×", Met: whole <= 60 && whole/one <= 40},
	}, nil
}

func bareCondition() (cel.Program, error) {
	env, err := cel.NewEnv(cel.Variable("role", cel.StringType), cel.Variable("data", cel.ListType(cel.StringType)))
	if err != nil {
		return nil, err
	}
	checked, issues := env.Compile(`role in ["judge", "court"] && data.exists(d, d == "content")`)
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	return env.Program(checked, cel.EvalOptions(cel.OptOptimize))
}

// perRun is how long one run takes, in microseconds.
func perRun(do func()) float64 {
	r := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			do()
		}
	})
	return float64(r.NsPerOp()) / float64(time.Microsecond)
}

package policy

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"
	"github.com/goccy/go-yaml/ast"
)

// sizes is how large the facts of a request may be, for the estimate of what a condition costs.
type sizes struct{ elements, text uint64 }

var (
	usualSize   = sizes{elements: 32, text: 256}
	largestSize = sizes{elements: 1_000, text: 20_000} // what casework.Decode lets in
)

// EstimateSize is the size of a list or text that is a fact or an element of one; nil: as CEL derives it.
func (z sizes) EstimateSize(n cost.AstNode) *cost.SizeEstimate {
	if n.ComputedSize() != nil || len(n.Path()) == 0 {
		return nil
	}
	size := cost.RangedSizeEstimate(0, z.text)
	if n.Type().Kind() == types.ListKind {
		size = cost.ListSizeEstimate(cost.RangedSizeEstimate(0, z.elements), size)
	}
	return &size
}

// EstimateCallCost leaves every function to CEL's own estimate; ours are linear in lists that are short, or in a day.
func (sizes) EstimateCallCost(_, _ string, _ *cost.AstNode, _ []cost.AstNode) *cost.CallEstimate {
	return nil
}

// costly refuses a condition that could cost more than an evaluation may, with an ordinary request.
func (r *reader) costly(n ast.Node, checked *cel.Ast) {
	estimate, err := environment().EstimateCost(checked, usualSize)
	switch {
	case err != nil:
		r.fault(n, "condition: %v", err)
	case estimate.Max > costLimit:
		r.fault(n, "condition: is too costly: up to %d, where %d is allowed", estimate.Max, costLimit)
	}
}

// metered are the options of a program: where even the largest request cannot cost more than an evaluation may, nobody
// needs to count while it runs, which takes a third of the time.
func metered(checked *cel.Ast) []cel.ProgramOption {
	options := []cel.ProgramOption{cel.EvalOptions(cel.OptOptimize)}
	if estimate, err := environment().EstimateCost(checked, largestSize); err == nil && estimate.Max <= costLimit {
		return options
	}
	return append(options, cel.CostLimit(costLimit))
}

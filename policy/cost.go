package policy

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"
	"github.com/goccy/go-yaml/ast"
)

// sizes is how large the facts of an ordinary request may be, for the estimate of what a condition costs; an evaluation
// that costs more than costLimit ends all the same.
type sizes struct{}

const (
	mostElements = 32
	longestText  = 256
)

// EstimateSize is the size of a list or text that is a fact or an element of one; nil: as CEL derives it.
func (sizes) EstimateSize(n cost.AstNode) *cost.SizeEstimate {
	if n.ComputedSize() != nil || len(n.Path()) == 0 {
		return nil
	}
	size := cost.RangedSizeEstimate(0, longestText)
	if n.Type().Kind() == types.ListKind {
		size = cost.ListSizeEstimate(cost.RangedSizeEstimate(0, mostElements), size)
	}
	return &size
}

// EstimateCallCost leaves every function to CEL's own estimate; ours are linear in lists that are short, or in a day.
func (sizes) EstimateCallCost(_, _ string, _ *cost.AstNode, _ []cost.AstNode) *cost.CallEstimate {
	return nil
}

// costly refuses a condition that could cost more than an evaluation may.
func (r *reader) costly(n ast.Node, checked *cel.Ast) {
	estimate, err := environment().EstimateCost(checked, sizes{})
	switch {
	case err != nil:
		r.fault(n, "condition: %v", err)
	case estimate.Max > costLimit:
		r.fault(n, "condition: is too costly: up to %d, where %d is allowed", estimate.Max, costLimit)
	}
}

package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// Names in the workflow server, which stay as they are for ever.
const (
	// CaseWorkflow is the type of a case's workflow; its id is the case's id.
	CaseWorkflow = "Case"
	// TaskQueue is where workers listen.
	TaskQueue = "cases"
	// ReceiveUpdate is the update that starts a case: it answers once the receipt is stored and the policy has answered.
	ReceiveUpdate = "receive"
	// ReconsiderUpdate has a case evaluated anew when the rulebook or the contact book has changed.
	ReconsiderUpdate = "reconsider"
	// PurgeUpdate ends a case for good: what is personal of it is erased, and its run with it.
	PurgeUpdate = "purge"
	// StageAttribute is the one search attribute.
	StageAttribute = "CaseStage"
)

// StageKey is the search attribute as the server knows it: Keyword.
var StageKey = temporal.NewSearchAttributeKeyKeyword(StageAttribute)

// Names of the activities.
const (
	activityLoad     = "Load"
	activityStore    = "Store"
	activityEvaluate = "Evaluate"
	activityResolve  = "Resolve"
	activityMail     = "Mail"
	activityCollect  = "Collect"
	activitySeal     = "Seal"
	activityDeliver  = "Deliver"
	activityPurge    = "Purge"
	activityPreserve = "Preserve"
	activityForget   = "Forget"
)

// Versions of the workflow. A change of behaviour gets a new number and a new recorded history in testdata/histories;
// old numbers stay, since a case started today may end years from now.
const (
	changeOfBehaviour = "case"
	versionFirst      = workflow.Version(1)
	versionNewest     = versionFirst
)

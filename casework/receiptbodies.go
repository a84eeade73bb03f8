package casework

import "strconv"

// VerifyBody says how a requester was verified: Phone is the number that was called, for a call-back.
type VerifyBody struct {
	Remark
	Method   VerificationMethod `json:"method"`
	Evidence string             `json:"evidence"`
	Phone    string             `json:"phone,omitempty"`
}

func (b VerifyBody) check(f *faults) {
	oneOf(f, "method", b.Method, VerificationMethods)
	if b.Method == ByCallback {
		needText(f, "phone", b.Phone)
	}
}

// AskBody asks the authority to clarify; no items: the findings of the determination.
type AskBody struct {
	Remark
	Items []Fault `json:"items"`
}

func (b AskBody) check(f *faults) {
	for i, item := range b.Items {
		needText(f, "items["+strconv.Itoa(i)+"].message", item.Message)
	}
}

// RequestBody carries a corrected request, whole. Reason is needed where we correct our own transcription.
type RequestBody struct {
	Remark
	Request Request `json:"request"`
	Reason  string  `json:"reason,omitempty"`
}

func (b RequestBody) check(f *faults) {
	for _, fault := range b.Request.Faults() {
		f.add("request."+fault.Path, fault.Message)
	}
}

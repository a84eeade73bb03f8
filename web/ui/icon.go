package ui

import (
	"fmt"
	"html/template"
	"reflect"
)

const (
	ticked    template.HTML = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm-1 11.5L3.2 7.9l1.4-1.4L7 8.7l4.5-4.6 1.4 1.4z"/></svg>`
	dial      template.HTML = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM7 4v4.6l3.3 2 1-1.7L9 7.5V4z"/></svg>`
	alarm     template.HTML = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 .8 16 15H0zM7 6v4.4h2V6zm0 5.6v2h2v-2z"/></svg>`
	bars      template.HTML = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM5 4.5h2v7H5zm4 0h2v7H9z"/></svg>`
	crossed   template.HTML = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM4.5 5.9 5.9 4.5 8 6.6l2.1-2.1 1.4 1.4L9.4 8l2.1 2.1-1.4 1.4L8 9.4l-2.1 2.1-1.4-1.4L6.6 8z"/></svg>`
	letterI   template.HTML = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM7 3.5h2v2H7zM7 7h2v5.5H7z"/></svg>`
	bolt      template.HTML = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M9.5 0 2 9h4.5L5.5 16 14 6.5H9z"/></svg>`
	padlock   template.HTML = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M4 7V4.5a4 4 0 0 1 8 0V7h1.5v9h-11V7zm2 0h4V4.5a2 2 0 0 0-4 0z"/></svg>`
	noPicture template.HTML = ""
)

// icons stand beside the word that says the same.
var icons = map[string]template.HTML{
	"on_track": ticked, "due_soon": dial, "breached": alarm, "missed": crossed, "met": ticked, "paused": bars,
	"permit": ticked, "refuse": crossed, "defect": crossed, "doubt": alarm, "emergency": bolt, "restricted": padlock, "held": padlock,
	"good": ticked, "warn": alarm, "bad": alarm, "info": letterI,
}

// icon is the picture of a word; most have none.
func icon(word any) template.HTML {
	if picture, ok := icons[fmt.Sprint(reflect.Indirect(reflect.ValueOf(word)))]; ok {
		return picture
	}
	return noPicture
}

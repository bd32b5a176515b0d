{{- define "lettershop.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "lettershop.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "lettershop.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "lettershop.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "lettershop.controller" -}}
{{- include "lettershop.fullname" . }}-controller
{{- end -}}

{{- define "lettershop.serviceAccount" -}}
{{- if .Values.controller.serviceAccount.create -}}
{{- default (include "lettershop.controller" .) .Values.controller.serviceAccount.name -}}
{{- else -}}
{{- required "controller.serviceAccount.name has to name an account when controller.serviceAccount.create is false" .Values.controller.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Labels by which Services and selectors find the controller; they never change. */}}
{{- define "lettershop.selector" -}}
app.kubernetes.io/name: lettershop
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: controller
{{- end -}}

{{- define "lettershop.labels" -}}
app.kubernetes.io/name: lettershop
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: lettershop
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Takes a dict of root and image: the image with its registry, and digest or tag. */}}
{{- define "lettershop.image" -}}
{{- with .root.Values.image.registry }}{{ trimSuffix "/" . }}/{{ end -}}
{{- .image.repository -}}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ default .root.Chart.AppVersion .image.tag }}{{ end -}}
{{- end -}}

{{- define "lettershop.controllerImage" -}}
{{- include "lettershop.image" (dict "root" . "image" .Values.image.controller) -}}
{{- end -}}

{{- define "lettershop.workerImage" -}}
{{- include "lettershop.image" (dict "root" . "image" .Values.image.worker) -}}
{{- end -}}

{{- define "lettershop.collectorImage" -}}
{{- include "lettershop.image" (dict "root" . "image" .Values.image.collector) -}}
{{- end -}}

{{/* What the controller is told to watch. */}}
{{- define "lettershop.watched" -}}
{{- if eq .Values.watch.scope "All" }}*
{{- else if eq .Values.watch.scope "List" }}{{ join "," .Values.watch.namespaces }}
{{- end -}}
{{- end -}}

{{/* The watched namespaces as a JSON list; none when all are watched. */}}
{{- define "lettershop.namespaces" -}}
{{- if eq .Values.watch.scope "Own" }}{{ list .Release.Namespace | toJson }}
{{- else if eq .Values.watch.scope "List" }}{{ .Values.watch.namespaces | toJson }}
{{- else }}[]
{{- end -}}
{{- end -}}

{{/* Faults between values, which a schema says less clearly. */}}
{{- define "lettershop.check" -}}
{{- if and (eq .Values.watch.scope "List") (not .Values.watch.namespaces) -}}
{{- fail "watch.scope is List, and watch.namespaces names none; name the namespaces, or set watch.scope to Own or All" -}}
{{- end -}}
{{- if and (ne .Values.watch.scope "List") .Values.watch.namespaces -}}
{{- fail (printf "watch.namespaces is only for watch.scope List, and watch.scope is %s" .Values.watch.scope) -}}
{{- end -}}
{{- if and (gt (int .Values.controller.replicas) 1) (not .Values.controller.leaderElection.enabled) -}}
{{- fail "controller.replicas is more than 1, and controller.leaderElection.enabled is false; controllers that do not settle who works undo each other's changes" -}}
{{- end -}}
{{- end -}}

{{/* Together: the restricted Pod Security Standard, with a read-only root. */}}
{{- define "lettershop.podSecurityContext" -}}
runAsNonRoot: true
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "lettershop.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/*
All that the controller may do in a namespace that it watches. It holds no right to read Secrets:
those are mounted into the Pods of Jobs and seen by nobody else.
*/}}
{{- define "lettershop.controllerRules" -}}
# What people write is read, never changed.
- apiGroups: [lettershop.dev]
  resources:
  - campaigns
  - collectors
  - emailtemplates
  - mailtransports
  - models
  - profilesources
  - profilestores
  - segments
  verbs: [get, list, watch]
# A Job of a schedule gets its run, and old runs are removed.
- apiGroups: [lettershop.dev]
  resources: [campaignruns]
  verbs: [get, list, watch, create, delete]
- apiGroups: [lettershop.dev]
  resources:
  - campaignruns/status
  - campaigns/status
  - collectors/status
  - emailtemplates/status
  - mailtransports/status
  - models/status
  - profilesources/status
  - profilestores/status
  - segments/status
  verbs: [update]
# Used by nobody but workers and collectors: nobody can grant a right that they do not hold.
- apiGroups: [lettershop.dev]
  resources:
  - campaignruns/status
  - campaigns/status
  - collectors/status
  - mailtransports/status
  - models/status
  - profilesources/status
  - profilestores/status
  - segments/status
  verbs: [patch]
# No finalizer is ever set. Clusters with OwnerReferencesPermissionEnforcement want this right of
# whoever makes an object that blocks the deletion of its owner.
- apiGroups: [lettershop.dev]
  resources:
  - campaignruns/finalizers
  - campaigns/finalizers
  - collectors/finalizers
  - mailtransports/finalizers
  - models/finalizers
  - profilesources/finalizers
  - profilestores/finalizers
  - segments/finalizers
  verbs: [update]
# The patches suspend and resume.
- apiGroups: [batch]
  resources: [cronjobs]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, update, patch, delete]
# Why a Job's Pod cannot start, and what a worker left when it ended.
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
# Whether a namespace ends: its Jobs would keep it from going.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get]
# Plans. They are immutable: made and removed, never changed.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, delete]
# What a Collector is made of. What it always has goes with it, by garbage collection.
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, update]
- apiGroups: [""]
  resources: [services]
  verbs: [get, list, watch, create, update]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, update]
- apiGroups: [networking.k8s.io]
  resources: [ingresses]
  verbs: [get, list, watch, create, update, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, update, delete]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch, create, update, delete]
- apiGroups: [gateway.networking.k8s.io]
  resources: [httproutes]
  verbs: [get, create, update, delete]
# Written on what people made; listed, for one Pod or Job at a time, to learn why it does not start.
- apiGroups: [""]
  resources: [events]
  verbs: [get, list, create, update]
# lettershop-worker, in each namespace with Jobs, lettershop-collector in each with Collectors, and
# nothing else of these kinds. A right to create
# or to list cannot be bound to a name.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [list, watch, create]
- apiGroups: [""]
  resources: [serviceaccounts]
  resourceNames: [lettershop-worker, lettershop-collector]
  verbs: [get, update, delete]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [roles, rolebindings]
  verbs: [list, watch, create]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [roles, rolebindings]
  resourceNames: [lettershop-worker, lettershop-collector]
  verbs: [get, update, delete]
{{- end -}}

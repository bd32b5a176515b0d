-- Health of all kinds of lettershop.dev for Argo CD. A run that failed is degraded; a campaign
-- whose last run failed is not: its schedule works.
local health = {status = "Progressing", message = "Waiting for the controller"}
if obj.status == nil or obj.status.conditions == nil then
  return health
end
if obj.status.observedGeneration ~= obj.metadata.generation then
  health.message = "The controller has not seen this generation yet"
  return health
end
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == "Ready" or condition.type == "Succeeded" then
    health.message = condition.reason .. ": " .. (condition.message or "")
    if condition.status == "True" then
      health.status = condition.reason == "Suspended" and "Suspended" or "Healthy"
    elseif condition.type == "Succeeded" and condition.status == "False" then
      health.status = "Degraded"
    end
  end
end
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == "Stalled" and condition.status == "True" then
    health.status = "Degraded"
  end
end
return health

using OrleansSync.Load;

return args switch
{
    ["portal", .. var rest] => await PortalLoad.RunAsync(LoadArguments.Number(rest, "--users", 50_000)),
    ["due", .. var rest] => await DueLoad.RunAsync(LoadArguments.Number(rest, "--accounts", 20_000), LoadArguments.Number(rest, "--users", 2)),
    _ => LoadArguments.Refuse(),
};

using OrleansSync.Load;

return args switch
{
    ["portal", .. var rest] => await PortalLoad.RunAsync(LoadArguments.Number(rest, "--users", 50_000)),
    ["due", .. var rest] => await DueLoad.RunAsync(LoadArguments.Number(rest, "--accounts", 20_000), LoadArguments.Number(rest, "--users", 2)),
    ["pages", .. var rest] => await PagesLoad.RunAsync(
        LoadArguments.Number(rest, "--accounts", 10_000), LoadArguments.Number(rest, "--users", 50_000), LoadArguments.Number(rest, "--times", 20)),
    _ => LoadArguments.Refuse(),
};

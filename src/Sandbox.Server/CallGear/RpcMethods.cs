using System.Text.Json;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>Carries out the Data API's methods for one account.</summary>
internal sealed class RpcMethods(CallGearAccount account, FaultBook faults)
{
    private int _listNumber;
    private int _listed;

    private delegate void ResultWriter(Utf8JsonWriter writer);

    public static bool IsKnown(string method) =>
        method is "get.employees" or "create.employees" or "update.employees" or "get.group_employees" or "update.group_employees";

    public VendorResponse Execute(string method, JsonElement id, JsonElement parameters)
    {
        // Lists are taken under the lock and written outside of it, so that a long answer holds up no other call.
        ResultWriter result;
        ResponseTiming timing;
        lock (account.Lock)
        {
            try
            {
                _listed = 0;
                Admit(method, parameters);
                result = Run(method, parameters);
                timing = new ResponseTiming(_listed * account.Settings.SecondsPerThousand / 1000, account.Settings.FrontEndSeconds);
                account.Limits.CountSuccess();
            }
            catch (RpcException refusal)
            {
                return RpcAnswers.Error(
                    id, refusal.Error.In(account.Settings.ErrorForm), w => account.Limits.Write(w, account.Settings));
            }
        }

        return RpcAnswers.Result(id, result.Invoke) with { Timing = timing };
    }

    private void Admit(string method, JsonElement parameters)
    {
        var settings = account.Settings;
        if (settings.KeyProblem is { } problem)
        {
            throw new RpcException(problem, "The access token cannot be used");
        }

        if (!settings.AddressWhitelisted)
        {
            throw new RpcException("ip_not_whitelisted", "Your IP address is not on the white list");
        }

        if (!settings.Active)
        {
            throw new RpcException("account_inactive", "The account is not active");
        }

        if (!IsKnown(method))
        {
            throw new RpcException("method_not_found", $"Method not found: {method}");
        }

        if (settings.DisabledMethods.Contains(method))
        {
            throw new RpcException("method_component_disabled", "The component that this method belongs to is switched off");
        }

        if (DisabledParameters.Find(settings.DisabledParameters, method, parameters) is { } disabled)
        {
            throw new RpcException(
                "parameter_component_disabled", "The component that this parameter belongs to is switched off", disabled);
        }

        if (settings.ForbiddenMethods.Contains(method))
        {
            throw new RpcException("forbidden", $"The access token has no right to {method}");
        }

        if (settings.ReadOnly && !method.StartsWith("get.", StringComparison.Ordinal))
        {
            throw new RpcException("forbidden", "The access token may only read");
        }

        if (account.Limits.IsExceeded(settings))
        {
            throw new RpcException("limit_exceeded", "The limit of requests is exceeded");
        }
    }

    private ResultWriter Run(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "get.employees":
                return List(method, ListQuery<Employee>.Parse(parameters, ListFields.Employees), InListOrder(account.Employees));
            case "get.group_employees":
                var names = account.Employees.ToDictionary(e => e.Id, e => e.FullName);
                var fields = ListFields.Groups(id => names.GetValueOrDefault(id) ?? "");
                return List(method, ListQuery<EmployeeGroup>.Parse(parameters, fields), account.Groups);
            case "create.employees":
                var created = EmployeeWrites.Create(account, parameters);
                return WithLimits(w => w.WriteNumber("id", created.Id));
            case "update.employees":
                EmployeeWrites.Update(account, parameters);
                return WithLimits(_ => { });
            default:
                GroupWrites.Update(account, parameters);
                return WithLimits(_ => { });
        }
    }

    private ResultWriter List<T>(string method, ListQuery<T> query, IReadOnlyList<T> all)
    {
        var (items, total) = query.Run(all);
        _listed = items.Count;
        if (faults.TakeForList(Vendor.CallGear, account.Id, method) is { } fault)
        {
            items = ListFaults.Spoil(items, fault.Fault);
            total = fault.Fault.Kind switch
            {
                FaultKind.EmptyList => 0,
                FaultKind.ShiftingTotal => total + ((fault.Fault.Amount ?? 1) * fault.Hits),
                _ => total,
            };
        }

        return writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("data");
            foreach (var item in items)
            {
                writer.WriteStartObject();
                foreach (var field in query.Fields)
                {
                    writer.WritePropertyName(field.Name);
                    field.Write(writer, item);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("metadata");
            writer.WriteNumber("total_items", total);
            WriteLimits(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        };
    }

    private ResultWriter WithLimits(Action<Utf8JsonWriter> write) => writer =>
    {
        writer.WriteStartObject();
        write(writer);
        if (account.Settings is { MinuteLimit: not null } or { DayLimit: not null })
        {
            writer.WriteStartObject("metadata");
            WriteLimits(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    };

    private void WriteLimits(Utf8JsonWriter writer)
    {
        lock (account.Lock)
        {
            account.Limits.Write(writer, account.Settings);
        }
    }

    private IReadOnlyList<Employee> InListOrder(IReadOnlyList<Employee> employees)
    {
        if (employees.Count <= (account.Settings.UnstableOrderAbove ?? int.MaxValue))
        {
            return employees;
        }

        // Another order on each call, but the same one in each run of a test.
        Employee[] shuffled = [.. employees];
        new Random(++_listNumber).Shuffle(shuffled);
        return shuffled;
    }
}

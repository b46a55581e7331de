using System.Text.Json.Serialization;

namespace OrleansSync.Testing.Silos;

[Alias("OrleansSync.Testing.Silos.ITestGrain")]
public interface ITestGrain : IGrainWithStringKey
{
    [Alias("Put")]
    Task PutAsync(string name);

    [Alias("Get")]
    Task<string> GetAsync();

    [Alias("Forget")]
    Task ForgetAsync();

    [Alias("Remind")]
    Task RemindAsync(string reminder);

    [Alias("Reminders")]
    Task<List<string>> RemindersAsync();

    [Alias("Where")]
    Task<string> WhereAsync();
}

[Orleans.Placement.RandomPlacement]
internal sealed class TestGrain(
    [PersistentState("test")] IPersistentState<TestState> state, ILocalSiloDetails silo) : Grain, ITestGrain, IRemindable
{
    public Task PutAsync(string name)
    {
        state.State.Name = name;
        return state.WriteStateAsync();
    }

    public Task<string> GetAsync() => Task.FromResult(state.State.Name);

    public Task ForgetAsync() => state.ClearStateAsync();

    public Task RemindAsync(string reminder) => this.RegisterOrUpdateReminder(reminder, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30));

    public async Task<List<string>> RemindersAsync() =>
        [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public Task<string> WhereAsync() => Task.FromResult(silo.SiloAddress.ToString());

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}

internal enum TestKind
{
    Plain,
    VerySpecial,
}

internal sealed class TestState
{
    public string Name { get; set; } = "";

    public int Number { get; set; }

    public TestKind Kind { get; set; }

    public List<string> Items { get; set; } = ["initial"];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TestState))]
internal sealed partial class TestStateJson : JsonSerializerContext;

using OrleansSync.Faults.Campaign;

namespace OrleansSync.Faults.Changes;

/// <summary>R3.8: a process is killed while accounts come, change and go; a short round of each kind.</summary>
[Trait("Rule", "R3.8")]
public sealed class ChangeTests(ChangeVictims victims) : IClassFixture<ChangeVictims>
{
    [Fact]
    public Task KilledWhileDisconnecting_LeavesNothing() => victims.AssertSoundAsync(Trial.Disconnect);

    [Fact]
    public Task KilledWhileConnecting_LeavesNothingHalf() => victims.AssertSoundAsync(Trial.Connect);

    [Fact]
    public Task KilledWhileUpdating_MixesNothing() => victims.AssertSoundAsync(Trial.Update);

    [Fact]
    public Task KilledBetweenRows_LosesNothing() => victims.AssertSoundAsync(Trial.Batch);
}

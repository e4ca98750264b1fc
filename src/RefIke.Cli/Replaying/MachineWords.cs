using RefIke.Oracle.Machines;

namespace RefIke.Cli.Replaying;

/// <summary>What became of a machine, in a line for people.</summary>
internal static class MachineWords
{
    public static string Of(MachineVerdict v)
    {
        var side = v.Side.ToString().ToLowerInvariant();
        var which = v.M_ID == 0 ? "" : $" {v.M_ID:x8}";
        var accepted = v.Handed == 0 ? "" : $", {v.Accepted} of {v.Handed} messages accepted";
        var keys = v.Keys.IsEmpty ? "" : $"; {string.Join(' ', v.Keys)} equal";
        var keymat = v.Keymat.IsEmpty ? "" : $"; KEYMAT of {string.Join(' ', v.Keymat)} equal";
        var remark = v.Fault is not null ? $"; FAULT {v.Fault}"
            : v.Refusal is not null ? $"; refused: {v.Refusal}"
            : v.Lacking is not null ? $"; not verified: {v.Lacking}"
            : "";
        return $"as {side}: {v.Name}{which} {v.End}{accepted}{keys}{keymat}{remark}";
    }
}
